import type { Reporter, TestModule } from 'vitest/node';

/** Ends a run with one plain line: how many tests passed and how many failed. */
export default class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    let passed = 0;
    let failed = errors.length;
    for (const module of modules) {
      const states = [...module.children.allTests()].map((test) => test.result().state);
      passed += states.filter((state) => state === 'passed').length;
      const failedHere = states.filter((state) => state === 'failed').length;
      // A file that fails before its tests, or around them, counts as one.
      failed += failedHere === 0 && !module.ok() ? 1 : failedHere;
    }
    // After everything that other reporters still have to say.
    process.on('exit', () => console.log(`${passed} passed, ${failed} failed`));
  }
}

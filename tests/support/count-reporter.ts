import type { Reporter, TestModule } from 'vitest/node';

/** Ends a run with one plain line: how many tests passed and how many failed. */
export default class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    let passed = 0;
    let failed = errors.length;
    for (const module of modules) {
      if (!module.ok() && module.children.size === 0) failed += 1;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === 'passed') passed += 1;
        else if (state === 'failed') failed += 1;
      }
    }
    // After everything that other reporters still have to say.
    process.on('exit', () => console.log(`${passed} passed, ${failed} failed`));
  }
}

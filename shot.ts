import { launchBrowser } from './bench/browser.ts';
const b = await launchBrowser();
const p = await b.newPage({ viewport: { width: 1400, height: 1000 } });
p.on('console', (m) => {
  if (m.type() === 'error') console.log('console', m.text());
});
p.on('pageerror', (e) => console.log('pageerror', e.message));
await p.goto('http://127.0.0.1:8099/planning/84');
await p.waitForSelector('.charts', { timeout: 20000 });
await p.waitForTimeout(3000);
await p.screenshot({ path: '/tmp/exp/p1.png', fullPage: true });
await p.getByRole('button', { name: /Подобрать/ }).click();
await p.waitForSelector('.shift-row', { timeout: 30000 });
await p.waitForTimeout(4000);
await p.screenshot({ path: '/tmp/exp/p2.png', fullPage: true });
await p.goto('http://127.0.0.1:8099/hall/84');
await p.waitForTimeout(6000);
await p.screenshot({ path: '/tmp/exp/p3.png', fullPage: false });
await b.close();

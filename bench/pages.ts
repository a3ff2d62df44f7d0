import { buildScreens } from '../scripts/build-screens.ts';
import { furnishDemo } from '../demo/city/furnish.ts';
import { demoCentreId, demoNetwork } from '../demo/city/network.ts';
import { pagesFolder } from '../server/main.ts';
import { importNetwork } from '../server/modules/network/index.ts';
import { openDatabase } from '../server/platform/database.ts';
import { type Bench, type Figure, figure, median, timed } from './bench.ts';
import { launchBrowser } from './browser.ts';
import { NOON } from './city-network.ts';
import { type LeanClient, openLeanClient } from './lean-client.ts';
import { startProgram } from './program.ts';
import { scriptKilobytes } from './screen-sizes.ts';

const DEBUGGING_PORT = 9_334;
const HTML_KILOBYTES = 60;
const SCRIPT_KILOBYTES = 40;
const ROUNDS = 20;

/** Every kind of page of the public site, in the demo's city of 133 centres. */
const PAGES: readonly (readonly [name: string, path: string])[] = [
  ['home', '/'],
  ['services', '/services'],
  ['search', `/services?q=${encodeURIComponent('паспорт')}`],
  ['service', '/services/driving-licence'],
  ['situations', '/situations'],
  ['situation', '/situations/child'],
  ['centres', '/centres'],
  ['centres by time', `/centres?from=${demoCentreId()}`],
  ['centre', `/centres/${demoCentreId()}`],
  ['where to book', `/book?service=passport&from=${demoCentreId()}`],
  ['every place to book', '/book?service=passport&all=1'],
  ['when to book', `/book/when?service=passport&centre=${demoCentreId()}`],
  ['my booking', '/my-booking'],
  ['news', '/news'],
];

/** What pages of the public site weigh, how soon they are drawn, and what Lighthouse says of them. */
export const benchPages: Bench = async ({ quick, folder, say }) => {
  await buildScreens(say);
  const database = await openDatabase({ folder });
  await importNetwork(database, demoNetwork());
  await furnishDemo(database);
  await database.close();
  const node = await startProgram(['serve', '--clock', 'demo', '--shown-at', NOON, '--data', folder, '--port', '0']);
  const browser = await launchBrowser(`--remote-debugging-port=${DEBUGGING_PORT}`);
  try {
    const script = scriptKilobytes(pagesFolder(), 'public/site.ts');
    return [
      figure('script of a page, gzip', 'kB', [script], { atMost: SCRIPT_KILOBYTES }),
      ...(await weights(node.url)),
      ...(await lighthouse(node.url, quick, say)),
    ];
  } finally {
    await browser.close();
    await node.stop();
  }
};

/** The heaviest page, and how long pages take to be drawn against one that is a file. */
async function weights(url: string): Promise<Figure[]> {
  const client = await openLeanClient(url);
  const sizes: number[] = [];
  const ratios: number[] = [];
  for (const [name, path] of PAGES) {
    const { status, text } = await client.send('GET', path, null);
    if (status !== 200) throw new Error(`${name} (${path}) answers ${status}`);
    sizes.push(Buffer.byteLength(text) / 1_000);
    ratios.push((await timeOf(client, path)) / (await timeOf(client, '/kiosk/1')));
  }
  client.close();
  return [
    figure('HTML of the heaviest page', 'kB', [Math.max(...sizes)], { atMost: HTML_KILOBYTES }),
    figure('HTML of a page', 'kB', sizes),
    figure('a drawn page against a page that is a file, time', 'ratio', ratios),
  ];
}

async function timeOf(client: LeanClient, path: string): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) times.push(await timed(() => client.send('GET', path, null)));
  return median(times);
}

async function lighthouse(url: string, quick: boolean, say: (line: string) => void): Promise<Figure[]> {
  const { default: look, desktopConfig } = await import('lighthouse');
  const categories = ['performance', 'accessibility', 'seo'];
  const least = [100, 100, 100];
  for (const [name, path] of quick ? PAGES.slice(0, 2) : PAGES) {
    const flags = { port: DEBUGGING_PORT, onlyCategories: categories, logLevel: 'error' as const };
    const result = await look(url + path, flags, desktopConfig);
    const scores = categories.map((category) => Math.round((result?.lhr.categories[category]?.score ?? 0) * 100));
    scores.forEach((score, index) => (least[index] = Math.min(score, least[index] ?? 0)));
    say(`${name}: ${categories.map((category, index) => `${category} ${scores[index]}`).join(', ')}`);
  }
  const [performanceLeast = 0, accessibilityLeast = 0, seoLeast = 0] = least;
  return [
    figure('Lighthouse performance, the least of all pages', 'of 100', [performanceLeast], { atLeast: 98 }),
    figure('Lighthouse accessibility, the least of all pages', 'of 100', [accessibilityLeast], { atLeast: 100 }),
    figure('Lighthouse SEO, the least of all pages', 'of 100', [seoLeast], { atLeast: 95 }),
  ];
}

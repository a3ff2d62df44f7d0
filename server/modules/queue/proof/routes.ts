import { proofContract, proofPageContract } from '../../../../contract/proof.ts';
import { refuse } from '../../../../core/problems.ts';
import { serve } from '../../../platform/serve.ts';
import { hallDay, type HallContext } from '../context.ts';
import { sealFields } from './sealer.ts';
import { newestSeals, type Seal, sealOfDay } from './queries.ts';

const SEALS_MAX = 300;

/** The public proof of what happened: the seals as data, as a page and as a feed that anyone may keep a copy of. */
export function proofRoutes(context: HallContext): void {
  const { http, db } = context;
  serve(http, proofContract, {
    'GET /api/seals': async () => (await db.read((tx) => newestSeals(tx, SEALS_MAX))).map(sealFields),

    'GET /api/centres/:centreId/days/:day/seal': async ({ params }) => {
      const key = await hallDay(context, params);
      const seal = await db.read((tx) => sealOfDay(tx, key));
      return seal === null ? refuse('not-sealed', { day: key.day }) : sealFields(seal);
    },
  });

  serve(http, proofPageContract, {
    'GET /seals': async (_request, reply) =>
      reply.type('text/html; charset=utf-8').send(sealPage(await db.read((tx) => newestSeals(tx, SEALS_MAX)))),

    'GET /seals.xml': async (request, reply) =>
      reply
        .type('application/rss+xml; charset=utf-8')
        .send(sealFeed(await db.read((tx) => newestSeals(tx, SEALS_MAX)), request.siteOrigin)),
  });
}

/** A page without scripts or styles of its own: it has to be readable in thirty years. */
function sealPage(seals: readonly Seal[]): string {
  const rows = seals.map(
    ({ key, size, root, chainRoot }) =>
      `<tr><td>${key.day}</td><td>${key.centreId}</td><td>${size}</td><td><code>${root.toString('hex')}</code></td>` +
      `<td><code>${chainRoot.toString('hex')}</code></td></tr>`,
  );
  return `<!doctype html>
<html lang="ru">
<head><meta charset="utf-8"><title>Печати дней — Okno</title>
<link rel="alternate" type="application/rss+xml" href="/seals.xml" title="Печати дней"></head>
<body>
<h1>Печати закрытых дней</h1>
<p>Каждый закрытый день очереди запечатан: корень дерева хешей (RFC 6962) над всеми его событиями. Сохраните корень —
и любой сможет проверить, что день не переписан: <code>okno verify --centre N --day Д --root КОРЕНЬ</code>.</p>
<p lang="en">Every closed day is sealed: the root of a hash tree (RFC 6962) over all its events.</p>
<table>
<thead><tr><th scope="col">День</th><th scope="col">Центр</th><th scope="col">Событий</th><th scope="col">Корень</th>
<th scope="col">Корень всех дней</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>
</body>
</html>
`;
}

function sealFeed(seals: readonly Seal[], site: string): string {
  const items = seals.map(({ key, size, root, sealedAt }) => {
    const hex = root.toString('hex');
    return `<item><title>${key.day}, ${key.centreId}</title><description>${size} ${hex}</description>
<guid isPermaLink="false">${hex}</guid><pubDate>${rfc822(sealedAt)}</pubDate></item>`;
  });
  return `<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>Okno: печати дней</title><link>${site}/seals</link>
<description>Roots of closed queue days (RFC 6962)</description>
${items.join('\n')}
</channel></rss>
`;
}

function rfc822(instant: number): string {
  return new Intl.DateTimeFormat('en-GB', {
    timeZone: 'UTC',
    weekday: 'short',
    day: '2-digit',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'shortOffset',
  })
    .format(instant)
    .replaceAll(',', '')
    .replace(/^(\w+) /, '$1, ')
    .replace(/ (UTC|GMT)\S*$/, ' GMT');
}

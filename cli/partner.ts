import { CHANNELS } from '../core/booking/setting.ts';
import { withVault } from '../server/modules/privacy/index.ts';
import { withDatabase } from '../server/main.ts';
import {
  addPartner,
  addWebhook,
  deadDeliveries,
  partnerByName,
  partners,
  revive,
} from '../server/modules/partners/index.ts';
import { revokeKey } from '../server/modules/people/index.ts';
import { readOptions, UsageError, wholeNumber } from './options.ts';
import { placeOf } from './places.ts';
import { masterKeyIn } from './safe.ts';
import { clockKind } from './serve.ts';

type Database = Parameters<Parameters<typeof withDatabase>[1]>[0];

interface Asked {
  readonly name: string | undefined;
  readonly url: string | undefined;
  readonly channel: string;
  readonly quota: string | undefined;
  readonly json: boolean;
  /** What seals a new secret; null where this installation has none. */
  readonly masterKey: Buffer | null;
}

const QUOTA_MAX = 1_000_000;
const NAME_MAX = 100;

const named = ({ name }: Asked): string => {
  if (name === undefined || name.trim() === '') throw new UsageError('name a partner, such as “federal-portal”');
  if (name.length > NAME_MAX) throw new UsageError(`the name of a partner has at most ${NAME_MAX} characters`);
  return name;
};

/** The name of a partner that exists, where one was named. Throws an Error. */
async function known(db: Database, { name }: Asked): Promise<string | null> {
  if (name === undefined) return null;
  if ((await db.read((tx) => partnerByName(tx, name))) === null) throw new Error(`There is no partner “${name}”.`);
  return name;
}

/** What can be done with partners, by the word that says it. */
const actions: Readonly<Record<string, (database: Database, asked: Asked) => Promise<unknown>>> = {
  add: async (db, asked) => {
    const channel = CHANNELS.find((one) => one === asked.channel);
    if (channel === undefined) throw new UsageError(`--channel must be one of ${CHANNELS.join(', ')}`);
    const dailyQuota =
      asked.quota === undefined ? null : wholeNumber('quota', asked.quota, { min: 0, max: QUOTA_MAX, otherwise: 0 });
    console.log(await addPartner(db, { name: named(asked), channel, dailyQuota }));
  },
  list: async (db, { json }) => {
    const all = await db.read((tx) => partners(tx, 0));
    if (json) return console.log(JSON.stringify(all));
    for (const { name, channel, dailyQuota, booked, hooks, dead } of all)
      console.log(
        `${name}  ${channel}  quota ${dailyQuota ?? 'none'}  booked ${booked}  webhooks ${hooks}  dead letters ${dead}`,
      );
  },
  webhook: async (database, asked) => {
    const name = named(asked);
    if (asked.url === undefined) throw new UsageError('name the address (https) as well');
    await known(database, asked);
    const { url } = asked;
    console.log(await withVault(database, asked, (vault) => addWebhook(database, vault, name, url)));
  },
  dead: async (db, asked) => {
    const { json } = asked;
    const name = await known(db, asked);
    const dead = await db.read((tx) => deadDeliveries(tx, name));
    if (json) return console.log(JSON.stringify(dead));
    for (const { partner, url, attempts, lastAnswer, body } of dead)
      console.log(`${partner}  ${url}  ${attempts} attempts  ${lastAnswer ?? ''}  ${JSON.stringify(body)}`);
  },
  retry: async (db, asked) => {
    const name = await known(db, asked);
    console.log(`${await db.write((tx) => revive(tx, name, 0))} to be tried again`);
  },
  revoke: async (db, asked) => {
    if (!(await revokeKey(db, named(asked)))) throw new Error(`There is no key of a partner “${named(asked)}”.`);
    console.log(`The key of “${named(asked)}” is good for nothing any more.`);
  },
};

/** Programs that book for their visitors: their keys, channels, quotas and webhooks. */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = readOptions(
    args,
    {
      channel: { type: 'string', default: 'partner' },
      quota: { type: 'string' },
      data: { type: 'string' },
      config: { type: 'string' },
      clock: { type: 'string', default: 'real' },
      json: { type: 'boolean', default: false },
    },
    3,
  );
  const [word = '', name, url] = positionals;
  const action = actions[word];
  if (action === undefined) throw new UsageError(`say what to do: ${Object.keys(actions).join(', ')}`);
  const kind = clockKind(values.clock);
  const place = placeOf(kind, values.data, values.config);
  const { channel, quota, json } = values;
  const masterKey = masterKeyIn(place, kind === 'real' ? values.config : '/dev/null');
  await withDatabase(place, (database) => action(database, { name, url, channel, quota, json, masterKey }));
  return 0;
}

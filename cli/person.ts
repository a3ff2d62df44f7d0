import { exportPerson, findPerson, forgetWholly, newKey, sealEverythingAnew } from '../server/modules/privacy/index.ts';
import { withDatabase } from '../server/main.ts';
import { readOptions, UsageError } from './options.ts';
import { placeOf } from './places.ts';
import { safeOf } from './safe.ts';
import { clockKind } from './serve.ts';

const OPTIONS = {
  snils: { type: 'string' },
  data: { type: 'string' },
  config: { type: 'string' },
  clock: { type: 'string', default: 'real' },
} as const;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const STAYS = [
  'What stays, and why:',
  '- applications without names, answers and scans, with their dates: what the city reports is counted from them;',
  '- who opened what and when (the log of actions): it names nobody, and proves that data were opened for a purpose;',
  '- papers by barcode, charges and payments by number: books have to be kept;',
  '- backups that were taken before today: restore none of them without forgetting again.',
].join('\n');

/** `okno person`: a copy of all data of a person, forgetting them, and the keys that seal it. */
export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = readOptions(args, OPTIONS, 2);
  const [what, id] = positionals;
  if (id !== undefined && !UUID.test(id))
    throw new UsageError(`“${id}” is not an id of a person. Give the id from the office, or --snils NUMBER`);
  const kind = clockKind(values.clock);
  const place = placeOf(kind, values.data, values.config);
  const safe = safeOf(place, kind === 'real' ? values.config : '/dev/null');
  return withDatabase(place, async (database) => {
    if (what === 'new-key') {
      console.log(`Key ${await newKey(database, safe)} seals from now on, once every node knows it (15 seconds).`);
      console.log('Then: okno person seal-anew');
      return 0;
    }
    if (what === 'seal-anew') {
      const { texts, files, persons } = await sealEverythingAnew(database, safe);
      console.log(
        `Sealed with the newest key: ${texts} texts, ${files} files. Given the search marks of today: ${persons} persons.`,
      );
      return 0;
    }
    const personId = values.snils === undefined ? id : await findPerson(database, safe, values.snils);
    if (personId === null) throw new Error('There is nobody with this insurance number.');
    if (personId === undefined) throw new UsageError('say whom: an id, or --snils NUMBER');
    if (what === 'export') {
      const found = await exportPerson(database, safe, personId);
      if (found === null) throw new Error('There is no such person.');
      console.log(JSON.stringify(found, null, 2));
      return 0;
    }
    if (what !== 'forget') throw new UsageError('say what: export, forget, new-key or seal-anew');
    const gone = await forgetWholly(database, safe, personId);
    if (gone === null) throw new Error('There is no such person.');
    if ('open' in gone) {
      console.log(
        `Nobody was forgotten: these applications still run: ${gone.open.join(', ')}. Say it again when they are over.`,
      );
      return 1;
    }
    console.log(`Forgotten. ${gone.files} files of scans were removed.\n${STAYS}`);
    return 0;
  });
}

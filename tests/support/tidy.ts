import { functionFaults, migrationFaults } from './migration-rules.ts';
import { habitFaults } from './plain-english.ts';

/** One rule about the text or the name of a file. */
interface Rule {
  readonly name: string;
  readonly files: RegExp;
  readonly except?: RegExp;
  /** What is wrong with the file, or nothing. */
  readonly faults: (text: string, path: string) => string[];
}

const SOURCE = /\.tsx?$/;
const TESTS = /\.(test|testing)\.tsx?$|^tests\//;
const LINES_MAX = 400;
const TEST_LINES_MAX = 600;
const COLUMNS_MAX = 180;

/** Every line that matches, as a fault. */
function lines(pattern: RegExp, says: string): Rule['faults'] {
  return (text) =>
    text.split('\n').flatMap((line, index) => (pattern.test(line) ? [`line ${index + 1}: ${says}`] : []));
}

/** The rules that every file keeps. */
export const rules: readonly Rule[] = [
  {
    name: 'a file is short',
    files: SOURCE,
    faults: (text, path) => {
      const count = text.split('\n').length - 1;
      const most = TESTS.test(path) ? TEST_LINES_MAX : LINES_MAX;
      return count > most ? [`${count} lines, at most ${most}`] : [];
    },
  },
  {
    name: 'a line can be read',
    files: /\.(tsx?|sql|css|md)$/,
    faults: (text) =>
      text
        .split('\n')
        .flatMap((line, index) =>
          line.length > COLUMNS_MAX && !line.startsWith('|') ? [`line ${index + 1}: ${line.length} columns`] : [],
        ),
  },
  {
    name: 'a file is named in kebab-case, by a thing of the city',
    files: SOURCE,
    faults: (_, path) => {
      const name = path.slice(path.lastIndexOf('/') + 1).replace(/(\.(test|testing|d|config))?\.tsx?$/, '');
      if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) return ['not kebab-case'];
      return /^(utils?|helpers?|manager|common|misc)$|-(utils?|helpers?|manager|common|misc)$/.test(name)
        ? ['a name that says nothing']
        : [];
    },
  },
  {
    name: 'core reads no clock and no chance',
    files: /^core\//,
    except: TESTS,
    faults: lines(
      /Date\.now|new Date\b|Math\.random|performance\.|Temporal\.Now|crypto\./,
      'the time and chance are given, not taken',
    ),
  },
  {
    name: 'the server takes the time from its clock',
    files: /^server\/modules\//,
    except: TESTS,
    faults: lines(/Date\.now|new Date\b/, 'ask the clock'),
  },
  {
    name: 'nothing is left for later',
    files: SOURCE,
    except: /^tests\/support\/tidy\.ts$|^tests\/tidy\.test\.ts$/,
    faults: lines(/\b(TODO|FIXME|XXX)\b|@ts-(ignore|nocheck|expect-error)|\bas any\b|: any\b/, 'do it now'),
  },
  {
    name: 'every test runs',
    files: /\.test\.tsx?$/,
    except: /^tests\/tidy\.test\.ts$/,
    faults: lines(/\b(test|it|describe)\.(only|skip|todo)\b/, 'a test that is kept from running'),
  },
  {
    name: 'a test waits for a condition and not for a time',
    files: /\.(test|testing)\.tsx?$/,
    except: /^tests\/tidy\.test\.ts$/,
    faults: lines(
      /\b(timeout: ?|setDefaultTimeout\()(\d{1,3}|\d_\d{3}|[1-5]\d_\d{3})\b(?!_)/,
      'leave the time-out out: a busy machine takes longer',
    ),
  },
  {
    name: 'an error is never swallowed without a word',
    files: SOURCE,
    except: /^tests\/tidy\.test\.ts$/,
    faults: (text) => (/catch\s*(\([^)]*\))?\s*\{\s*\}/.test(text) ? ['an empty catch'] : []),
  },
  {
    name: 'the server speaks through its log',
    files: /^(server|core|contract)\//,
    except: TESTS,
    faults: lines(/\bconsole\./, 'console'),
  },
  {
    name: 'the tree says nothing of the machine it was made on',
    files: /\.(tsx?|js|json|md|sql|css|html|yml)$|^\.ci\//,
    except: /^tests\/(support\/tidy|tidy\.test)\.ts$/,
    faults: lines(/\/(root|home)\/\w/, 'a path of one machine'),
  },
  {
    name: 'plain English',
    files: /\.(tsx?|md|css)$/,
    // Files that quote the habits, or hold what people type into the search.
    except: /^STYLE\.md$|^core\/catalogue\/asked-as|^tests\/(support\/plain-english|tidy\.test)\.ts$/,
    faults: (text, path) => habitFaults(path, text),
  },
  {
    name: 'a migration is numbered',
    files: /^server\/migrations\//,
    except: /^server\/migrations\/functions\/[a-z_]+\.sql$/,
    faults: (_, path) => (/\/\d{4}_[a-z_]+\.sql$/.test(path) ? [] : ['named like 0001_what_it_brings.sql']),
  },
  {
    name: 'a numbered migration makes no function',
    files: /^server\/migrations\/\d/,
    faults: functionFaults,
  },
  { name: 'a migration holds up no hall', files: /^server\/migrations\//, faults: migrationFaults },
  {
    name: 'a decision is numbered, dated and says its cost',
    files: /^docs\/adr\//,
    faults: (text, path) => [
      ...(/\/\d{4}-[a-z0-9-]+\.md$/.test(path) ? [] : ['named like 0001-what-was-decided.md']),
      ...(/^Date: \d{4}-\d{2}-\d{2}$/m.test(text) ? [] : ['no “Date: YYYY-MM-DD”']),
      ...['## Context', '## Decision', '## Cost'].flatMap((part) => (text.includes(part) ? [] : [`no “${part}”`])),
    ],
  },
];

/** Every fault of a file, each with the rule it breaks. */
export function tidyFaults(path: string, text: string): string[] {
  return rules
    .filter(({ files, except }) => files.test(path) && !(except?.test(path) ?? false))
    .flatMap(({ name, faults }) => faults(text, path).map((fault) => `${path}: ${name} (${fault})`));
}

/** A habit of speech that a plain sentence does without, with what to write instead. */
interface Habit {
  readonly name: string;
  readonly pattern: RegExp;
  readonly instead: string;
  /** A sentence in which it is found; the tests plant it. */
  readonly breach: string;
}

const CALLER = 'name the actor: the caller, the visitor, the clerk, the node';

/** Looked for in one comment, one string or one document at a time, with its line breaks replaced by spaces. */
export const habits: readonly Habit[] = [
  {
    name: 'headless “who”',
    pattern:
      /(?:^|[.;:] )[Ww]ho (?:asks|comes|came|left|lost|has been|waits|wants|works|sits|signs|takes|looks|dies)\b(?![^.]*\?)/,
    instead: CALLER,
    breach: 'Who asks while the node stops is refused.',
  },
  {
    name: '“who” without a noun before it',
    pattern:
      /(?:[;:]|\b(?:but|if|when|that)) who (?:is|was|has|had|does|did|asks|comes|came|left|wants|waits)\b(?![^.]*\?)/,
    instead: CALLER,
    breach: 'A drink is taken by a click, and the log shows that who does has one.',
  },
  { name: 'whoever', pattern: /\bwhom?ever\b/i, instead: CALLER, breach: 'Whoever holds the lock writes.' },
  {
    name: 'somebody',
    pattern: /\bsomebody\b/i,
    instead: `${CALLER}; “someone” where nobody knows who`,
    breach: 'Somebody else has changed it.',
  },
  {
    name: 'he for a person',
    pattern: /\b(?:[Hh]e|[Hh]is|[Hh]im|[Hh]imself)\b/,
    instead: 'they, or the visitor, the clerk',
    breach: 'The visitor keeps his place.',
  },
  { name: 'anew', pattern: /(?<!-)\banew\b/i, instead: 'again', breach: 'The day is planned anew.' },
  { name: 'reckon', pattern: /\breckon/i, instead: 'calculate, count', breach: 'The day is reckoned again.' },
  {
    name: 'beside',
    pattern: /\bbesides?\b/i,
    instead: 'next to, as well as, in addition',
    breach: 'The second factor beside the password.',
  },
  { name: 'nought', pattern: /\bnought\b|\brung up\b/i, instead: 'zero; phoned', breach: 'A wait of nought minutes.' },
  {
    name: 'signs for characters',
    pattern:
      /\b(?:\d|two|six|eight|ten|twelve|first|last|other|of|without|no|its) signs\b(?! in\b)|\bsigns (?:at most|long)\b/i,
    instead: 'characters',
    breach: 'A code has eight signs.',
  },
  {
    name: 'stands for is',
    pattern: /\b(?:stands|stood)\b(?! for\b| out\b)/i,
    instead: 'is, is written, is in force',
    breach: 'The reason stands in the log.',
  },
  {
    name: 'lies for is',
    pattern: /\b(?:lies|lain)\b/i,
    instead: 'is, is stored',
    breach: 'The scan lies in a folder.',
  },
  {
    name: 'have not for do not have',
    pattern: /\b(?:has|have|had) not (?:a|an|the|any)\b|\b(?:which|that) there (?:is|are|was|were) not\b/i,
    instead: 'does not have; does not exist',
    breach: 'The window has not the skill.',
  },
  {
    name: 'so many of a number',
    pattern: /(?:^|[.;:] )So many\b/,
    instead: 'the number of',
    breach: 'So many days are kept.',
  },
  { name: 'deed', pattern: /\bdeeds?\b/i, instead: 'action', breach: 'Each deed is in the log.' },
  { name: 'temper', pattern: /\btempers?\b/i, instead: 'behaviour', breach: 'The temper of an agency.' },
  {
    name: 'a heading that begins with “What”',
    pattern: /^What (?!is\b|are\b|if\b)[^?]*$/,
    instead: 'a noun: Applications, Scheduled jobs',
    breach: 'What people come for',
  },
];

const PIECES =
  /\/\*[\s\S]*?\*\/|\/\/[^\n]*|(?<=[=(,:?] ?)\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n])+\/|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g;
const COMMENT = /^\/[*/]/;
const SENTENCE = /\S \S+ \S/;
const SQL = /^.\s*(?:select|insert|update|delete|with|create|alter|drop|lock)\b/i;
const CODE = /```[\s\S]*?```|`[^`\n]*`/g;

interface Piece {
  readonly line: number;
  readonly text: string;
  /** True for what names a whole: a heading, a test, the comment that begins a file. */
  readonly heading: boolean;
}

/** The comments and sentences of a source, or the paragraphs of a document. */
function pieces(path: string, text: string): Piece[] {
  if (path.endsWith('.md')) {
    const plain = text.replace(CODE, (code) => code.replaceAll(/[^\n]/g, ' '));
    return plain.split('\n').map((line, index) => ({
      line: index + 1,
      text: line.replace(/^#+ /, ''),
      heading: /^#+ /.test(line),
    }));
  }
  return [...text.matchAll(PIECES)]
    .filter(([piece]) => (piece.startsWith('/') ? COMMENT : SENTENCE).test(piece) && !SQL.test(piece))
    .map(({ 0: piece, index }) => ({
      line: text.slice(0, index).split('\n').length,
      text: piece
        .replace(/^(?:\/\*\*?\s*(?:\*(?!\/) )?|\/\/\s*|['"`])/, '')
        .replace(/\s*(?:\*\/|['"`])$/, '')
        .replaceAll(/\s*\n\s*(?:\*(?!\/) ?)?/g, ' ')
        .replaceAll(piece.startsWith('/') ? CODE : /^$/g, ' ')
        .trim(),
      heading: index === 0 || /\b(?:test|describe)\($/.test(text.slice(0, index)),
    }));
}

/** Every habit in the comments, sentences and headings of a file, with its line. */
export function habitFaults(path: string, text: string): string[] {
  return pieces(path, text).flatMap((piece) =>
    habits.flatMap(({ name, pattern, instead }) => {
      if (name.startsWith('a heading') && !piece.heading) return [];
      const found = pattern.exec(piece.text);
      return found === null ? [] : [`line ${piece.line}: ${name}, “${found[0].trim()}”: ${instead}`];
    }),
  );
}

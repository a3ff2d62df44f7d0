import { type PDFContext, PDFArray, PDFDict, PDFName, type PDFObject, PDFRawStream } from '@cantoo/pdf-lib';
import { Unfit } from './orders.ts';
import { namesFrom, namesOfObjects } from './pdf-names.ts';
import { packedObjects } from './pdf-streams.ts';

const DEPTH_MAX = 60;

/** Names of dictionary keys that do something, carry something or ask for a program (ISO 32000-2). */
const ACTIVE_KEYS = new Set(['JS', 'JavaScript', 'XFA', 'EmbeddedFiles', 'EF', 'RichMediaContent']);
/** Actions that leave the page, wherever their dictionary is. */
const ACTIONS = new Set(
  'JavaScript Launch GoToR GoToE SubmitForm ImportData ResetForm Rendition Movie RichMediaExecute Sound Thread'.split(
    ' ',
  ),
);
const ACTIVE_KINDS: Readonly<Record<string, ReadonlySet<string>>> = {
  S: ACTIONS,
  Type: new Set(['EmbeddedFile']),
  Subtype: new Set(['FileAttachment', 'RichMedia', 'Movie', 'Screen', 'Sound', '3D']),
};
/** Keys whose value is an action that happens by itself, and the only actions that turn no more than the page. */
const BY_ITSELF = new Set(['PA', 'OpenAction', 'Next']);
const HARMLESS = new Set(['GoTo', 'GoToDp', 'Named']);
/** A link that a person has to press may also name an address: statements of banks and agencies are full of them. */
const PRESSED = 'A';
const HARMLESS_PRESSED = new Set([...HARMLESS, 'URI']);
/** Actions on events: of the document, a page or a field. */
const EVENTS = 'AA';

/** Throws `active` for a PDF with a program or another file, or one that opens an address, a file or a program by itself. */
export function lookForActive(pdf: Buffer, context: PDFContext): void {
  for (const [, object] of context.enumerateIndirectObjects()) lookInto(object, context, 0);
  // Also what no reader of ours sees: objects that a later one replaces, and objects that are written wrongly.
  for (const names of namesOfObjects(pdf)) lookAtNames(names);
  for (const objects of packedObjects(pdf)) lookAtNames([...namesFrom(objects, 0)]);
}

/** Every dictionary of the file is looked at, also one that no page names: readers find them by other ways. */
function lookInto(object: PDFObject, context: PDFContext, depth: number): void {
  if (depth > DEPTH_MAX) throw new Unfit('broken');
  if (object instanceof PDFRawStream) {
    // The bytes of such a stream are in another file.
    if (object.dict.has(PDFName.of('F'))) throw new Unfit('active');
    return lookInto(object.dict, context, depth + 1);
  }
  if (object instanceof PDFArray) for (const one of object.asArray()) lookInto(one, context, depth + 1);
  if (!(object instanceof PDFDict)) return;
  for (const [key, value] of object.entries()) {
    const name = key.decodeText();
    if (ACTIVE_KEYS.has(name)) throw new Unfit('active');
    const kind = nameOf(value, context);
    if (kind !== null && ACTIVE_KINDS[name]?.has(kind) === true) throw new Unfit('active');
    if (BY_ITSELF.has(name)) lookAtAction(value, context, HARMLESS);
    if (name === PRESSED) lookAtAction(value, context, HARMLESS_PRESSED);
    if (name === EVENTS) lookAtEvents(value, context);
    lookInto(value, context, depth + 1);
  }
}

/** An action is written in its place or elsewhere; an attribute of the text's structure has the same key and no kind. */
function lookAtAction(value: PDFObject, context: PDFContext, harmless: ReadonlySet<string>): void {
  const action = context.lookup(value);
  if (action instanceof PDFArray) for (const one of action.asArray()) lookAtAction(one, context, harmless);
  if (!(action instanceof PDFDict)) return;
  const kind = nameOf(action.get(PDFName.of('S')), context);
  if (kind !== null && !harmless.has(kind)) throw new Unfit('active');
}

function lookAtEvents(value: PDFObject, context: PDFContext): void {
  const events = context.lookup(value);
  if (!(events instanceof PDFDict)) return;
  for (const [, action] of events.entries()) lookAtAction(action, context, HARMLESS);
}

function nameOf(value: PDFObject | undefined, context: PDFContext): string | null {
  const found = value === undefined ? undefined : context.lookup(value);
  return found instanceof PDFName ? found.decodeText() : null;
}

function lookAtNames(names: readonly string[]): void {
  for (const [place, name] of names.entries())
    if (
      ACTIVE_KEYS.has(name) ||
      isOpenedAddress(names, place) ||
      ACTIVE_KINDS[names[place - 1] ?? '']?.has(name) === true
    )
      throw new Unfit('active');
}

/** `/OpenAction <</S /URI …>>`, written in one place. */
function isOpenedAddress(names: readonly string[], place: number): boolean {
  return names[place] === 'URI' && names[place - 1] === 'S' && names[place - 2] === 'OpenAction';
}

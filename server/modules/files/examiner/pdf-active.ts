import { type PDFContext, PDFArray, PDFDict, PDFName, type PDFObject, PDFRawStream } from '@cantoo/pdf-lib';
import { Unfit } from './orders.ts';
import { namesFrom, namesOfObjects } from './pdf-names.ts';
import { packedObjects } from './pdf-streams.ts';

const DEPTH_MAX = 60;

/** Names of dictionary keys that do something, carry something or ask for a program (ISO 32000-2). */
const ACTIVE_KEYS = new Set(['JS', 'JavaScript', 'XFA', 'EmbeddedFiles', 'EF', 'RichMediaContent', 'URI']);
/** Actions that leave the page, wherever their dictionary is. */
const ACTIONS = new Set(
  'JavaScript Launch URI GoToR GoToE SubmitForm ImportData ResetForm Rendition Movie RichMediaExecute Sound Thread'.split(
    ' ',
  ),
);
const ACTIVE_KINDS: Readonly<Record<string, ReadonlySet<string>>> = {
  S: ACTIONS,
  Type: new Set(['EmbeddedFile']),
  Subtype: new Set(['FileAttachment', 'RichMedia', 'Movie', 'Screen', 'Sound', '3D']),
};
/** Keys whose value is an action, and the only actions that turn no more than the page. */
const ACTION_KEYS = new Set(['A', 'PA', 'OpenAction']);
const HARMLESS = new Set(['GoTo', 'GoToDp', 'Named']);

/** Throws `active` for a PDF with a program, another file, or anything that opens an address, a file or a program. */
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
    if (ACTION_KEYS.has(name)) lookAtAction(value, context);
    lookInto(value, context, depth + 1);
  }
}

/** An action is written in its place or elsewhere; an attribute of the text's structure has the same key and no kind. */
function lookAtAction(value: PDFObject, context: PDFContext): void {
  const action = context.lookup(value);
  if (!(action instanceof PDFDict)) return;
  const kind = nameOf(action.get(PDFName.of('S')), context);
  if (kind !== null && !HARMLESS.has(kind)) throw new Unfit('active');
}

function nameOf(value: PDFObject | undefined, context: PDFContext): string | null {
  const found = value === undefined ? undefined : context.lookup(value);
  return found instanceof PDFName ? found.decodeText() : null;
}

function lookAtNames(names: readonly string[]): void {
  for (const [place, name] of names.entries())
    if (ACTIVE_KEYS.has(name) || ACTIVE_KINDS[names[place - 1] ?? '']?.has(name) === true) throw new Unfit('active');
}

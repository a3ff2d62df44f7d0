/** Why a file is not taken in. Each is a sentence of the catalogue, `file-…`. */
export type FileFault = 'locked' | 'cut-off' | 'broken' | 'active' | 'too-heavy' | 'too-small' | 'blank' | 'empty';

/** What came of looking into a file: how it is to be kept, or why it is not. */
export type Examined =
  | { readonly kind: 'fit'; readonly contentType: string; readonly bytes: Uint8Array; readonly pages: number }
  | { readonly kind: 'unfit'; readonly fault: FileFault };

/** What a process of its own is asked. */
export type Order =
  | { readonly name: 'examine'; readonly contentType: string; readonly bytes: Uint8Array }
  | { readonly name: 'mark'; readonly words: string; readonly bytes: Uint8Array };

export interface Answers {
  readonly examine: Examined;
  /** A PDF with the mark on each of its pages; null when it cannot be drawn on. */
  readonly mark: Uint8Array | null;
}

/** The limits of one file. A sheet of A3 at 600 dots an inch has 70 million points. */
export const LIMITS = {
  points: 100_000_000,
  /** Of the shorter side of a picture: nothing can be read on a smaller one. */
  sideLeast: 60,
  /** Over all pages of a file. */
  pointsTogether: 400_000_000,
  pages: 300,
  /** What the streams of a PDF that are not pictures may become when they are unpacked, together. */
  unpackedBytes: 48 * 1_024 * 1_024,
  /** What one picture inside of a PDF may become. */
  pictureBytes: 320 * 1_024 * 1_024,
  /** And all of them. */
  picturesBytes: 1_200 * 1_024 * 1_024,
} as const;

/** A file that is not taken in: thrown on the way, told as `unfit`. */
export class Unfit extends Error {
  readonly fault: FileFault;

  constructor(fault: FileFault) {
    super(fault);
    this.name = 'Unfit';
    this.fault = fault;
  }
}

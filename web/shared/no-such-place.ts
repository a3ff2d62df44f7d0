export type Part = 'centre' | 'window';

/** The address of this screen names a centre or a window that is not there. */
export class NoSuchPlace extends Error {
  readonly part: Part;
  readonly named: string;

  constructor(part: Part, named: string) {
    super(`no such ${part}`);
    this.name = 'NoSuchPlace';
    this.part = part;
    this.named = named;
  }
}

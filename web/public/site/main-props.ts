import type { SitePage } from '../../../contract/site.ts';
import type { SiteWords } from '../messages/site.ts';
import type { Language } from '../page.tsx';

/** What every part of a page is given. */
export interface MainProps<Name extends SitePage['page']> {
  readonly shown: Extract<SitePage, { page: Name }>;
  readonly words: SiteWords;
  readonly language: Language;
  readonly origin: string;
}

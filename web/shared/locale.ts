/** How dates and times are written in a language: English as in Britain, with 24 hours. */
export function localeOf(language: string): string {
  return language === 'en' ? 'en-GB' : language;
}

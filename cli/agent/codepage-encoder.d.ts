declare module '@point-of-sale/codepage-encoder' {
  const encoder: {
    /** The text in a code page, such as `cp866`; what the page has not becomes a question mark. */
    encode(text: string, codepage: string): Uint8Array;
  };
  export default encoder;
}

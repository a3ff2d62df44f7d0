declare module 'libheif-js/wasm-bundle.js' {
  interface Points {
    readonly data: Uint8ClampedArray;
    readonly width: number;
    readonly height: number;
  }
  interface HeicImage {
    get_width(): number;
    get_height(): number;
    is_primary(): boolean;
    /** Writes red, green, blue and cover of each point; null when it cannot. */
    display(target: Points, done: (drawn: Points | null) => void): void;
    free(): void;
  }
  const libheif: { readonly HeifDecoder: new () => { decode(bytes: Uint8Array): HeicImage[] } };
  export default libheif;
}

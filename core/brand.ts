declare const brand: unique symbol;

/** A plain value that only its own kind may replace: a window's number is not a centre's. */
export type Brand<Value, Name extends string> = Value & { readonly [brand]?: Name };

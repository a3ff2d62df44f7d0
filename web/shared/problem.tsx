/** A problem, in a sentence that is read out at once; nothing while there is none. */
export function Problem({ text }: { readonly text: string | null }) {
  if (text === null) return null;
  return (
    <p className="problem" role="alert">
      {text}
    </p>
  );
}

/** What came of something that was asked for, well or not. */
export interface SaidWords {
  readonly text: string;
  readonly problem: boolean;
}

/** Says it: a problem interrupts, what went well waits its turn. */
export function Said({ said }: { readonly said: SaidWords | null }) {
  if (said === null) return null;
  if (said.problem) return <Problem text={said.text} />;
  return (
    <p className="done" role="status">
      {said.text}
    </p>
  );
}

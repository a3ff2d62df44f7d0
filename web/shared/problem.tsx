/** What went wrong, in a sentence that is read out at once; nothing while nothing did. */
export function Problem({ text }: { readonly text: string | null }) {
  if (text === null) return null;
  return (
    <p className="problem" role="alert">
      {text}
    </p>
  );
}

/** An element with its text or its parts: text is text, and never read as HTML. */
export function part(
  name: string,
  content: string | readonly (Node | null)[] = '',
  attributes: Readonly<Record<string, string>> = {},
): HTMLElement {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (typeof content === 'string') element.textContent = content;
  else element.append(...content.filter((node) => node !== null));
  return element;
}

/**
 * Puts parts in the place of what was there, but leaves alone what has not changed: who reads with the ears is told only
 * what is new.
 */
export function place(parent: Element, parts: readonly Node[]): void {
  for (const [index, fresh] of parts.entries()) {
    const old = parent.childNodes[index];
    if (old === undefined) parent.append(fresh);
    else if (!old.isEqualNode(fresh)) old.replaceWith(fresh);
  }
  while (parent.childNodes.length > parts.length) parent.lastChild?.remove();
}

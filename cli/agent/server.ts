/** The server does not answer: the sentence says where, and what to look at. */
export class Unreached extends Error {
  override readonly name = 'Unreached';
}

/** Asks the server. Throws Unreached when it does not answer in time, or when the address leads nowhere. */
export async function fetchFrom(url: string, path: string, init: RequestInit): Promise<Response> {
  return fetch(url + path, init).catch((error: unknown) => {
    throw new Unreached(
      `The server at ${url} cannot be reached (${reasonOf(error as Error)}). Look whether it runs, whether the address is right (--url), and at the network.`,
      { cause: error },
    );
  });
}

/** The answer's JSON. Throws Unreached when something other than Okno answers. */
export async function jsonFrom(url: string, response: Response): Promise<unknown> {
  if (response.status === 204 || response.status === 202) return undefined;
  return response.json().catch((error: unknown) => {
    throw new Unreached(
      `What answers at ${url} is not Okno: its answer ${response.status} is not JSON. Correct the address (--url), or look at the proxy before it.`,
      { cause: error },
    );
  });
}

function reasonOf({ name, message, cause }: Error): string {
  if (name === 'TimeoutError') return 'no answer in time';
  const { code, message: beneath } = (cause ?? {}) as { readonly code?: string; readonly message?: string };
  return code ?? beneath ?? message;
}

import { connect } from 'node:net';

/** What a look at a file gave: nothing bad, something by its name, or no look at all. */
export type Verdict =
  | { readonly kind: 'clean' }
  | { readonly kind: 'found'; readonly what: string }
  | { readonly kind: 'unavailable'; readonly why: string };

export type Scanner = (bytes: Buffer) => Promise<Verdict>;

/** The test file of the anti-virus industry: every scanner has to find it, also where none is installed. */
const EICAR = 'X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*';

/** Looks without any scanner: finds only the test file. */
export const testFileScanner: Scanner = async (bytes) =>
  bytes.includes(EICAR, 0, 'latin1') ? { kind: 'found', what: 'Eicar-Test-Signature' } : { kind: 'clean' };

const ANSWER_WITHIN_MS = 10_000;
const CHUNK_BYTES = 64 * 1_024;

/** ClamAV's daemon, at `host:port` or the path of its socket: the command INSTREAM of its protocol. */
export function clamd(address: string): Scanner {
  const place = address.startsWith('/')
    ? { path: address }
    : { host: address.replace(/:\d+$/, ''), port: Number(/:(\d+)$/.exec(address)?.[1] ?? 3_310) };
  return (bytes) =>
    new Promise((resolve) => {
      const unavailable = (why: string) => resolve({ kind: 'unavailable', why });
      const socket = connect(place);
      let said = '';
      socket.setTimeout(ANSWER_WITHIN_MS, () => {
        unavailable('no answer in time');
        socket.destroy();
      });
      socket.on('error', (error) => unavailable(error.message));
      socket.on('data', (part) => (said += part.toString('utf8')));
      socket.on('close', () => resolve(verdictOf(said)));
      socket.on('connect', () => {
        socket.write('zINSTREAM\0');
        for (let from = 0; from < bytes.length; from += CHUNK_BYTES) {
          const chunk = bytes.subarray(from, from + CHUNK_BYTES);
          const size = Buffer.alloc(4);
          size.writeUInt32BE(chunk.length);
          socket.write(size);
          socket.write(chunk);
        }
        socket.end(Buffer.alloc(4));
      });
    });
}

function verdictOf(said: string): Verdict {
  const text = said.replaceAll('\0', '').trim();
  if (/^stream: OK$/.test(text)) return { kind: 'clean' };
  const found = /^stream: (.+) FOUND$/.exec(text)?.[1];
  return found === undefined ? { kind: 'unavailable', why: text || 'no answer' } : { kind: 'found', what: found };
}

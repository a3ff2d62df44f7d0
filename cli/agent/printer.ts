import { connect, type Socket } from 'node:net';
import type { Paper, PrintFault } from '../../contract/printing.ts';
import { escpos } from './escpos.ts';

const PATIENCE_MS = 5_000;
/** DLE EOT 2 and 4: the printer's own word about its cover and its paper. */
const ASK_COVER = Buffer.from([0x10, 0x04, 0x02]);
const ASK_PAPER = Buffer.from([0x10, 0x04, 0x04]);
const COVER_OPEN = 0b0000_0100;
const PAPER_OUT = 0b0110_0000;

/** Prints over the network (port 9100 of most printers); gives the obstacle, or null. Never throws. */
export async function print(
  { host, port }: { readonly host: string; readonly port: number },
  paper: Paper,
): Promise<PrintFault | null> {
  const socket = connect({ host, port });
  try {
    await within(new Promise<void>((resolve, reject) => void socket.once('connect', resolve).once('error', reject)));
    if (((await answerTo(socket, ASK_COVER)) & COVER_OPEN) !== 0) return 'cover-open';
    if (((await answerTo(socket, ASK_PAPER)) & PAPER_OUT) !== 0) return 'paper-out';
    socket.write(await escpos(paper));
    // Asked again, it answers only once everything before is taken in: the ticket is out, or the paper is.
    return ((await answerTo(socket, ASK_PAPER)) & PAPER_OUT) === 0 ? null : 'paper-out';
  } catch {
    return socket.bytesWritten > ASK_COVER.length + ASK_PAPER.length ? 'not-printed' : 'printer-gone';
  } finally {
    socket.destroy();
  }
}

function answerTo(socket: Socket, question: Buffer): Promise<number> {
  const answer = new Promise<number>((resolve, reject) => {
    socket.once('data', (bytes) => resolve(bytes.at(-1) as number));
    socket.once('error', reject).once('close', () => reject(new Error('the printer hung up')));
  });
  socket.write(question);
  return within(answer);
}

async function within<Value>(work: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer')), PATIENCE_MS);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

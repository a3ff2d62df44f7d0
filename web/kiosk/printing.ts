import { call } from '../shared/client.ts';

/** The words on a ticket of paper. */
export interface PaperTicket {
  readonly centre: string;
  readonly number: string;
  readonly latinNumber: string;
  readonly service: string;
  readonly lines: readonly string[];
  readonly link: string;
}

type Fault = 'printer-gone' | 'paper-out' | 'cover-open' | 'not-printed' | 'too-late';

const ASK_EVERY_MS = 500;
const GIVE_UP_MS = 15_000;

/** Has the centre's agent print a ticket; gives what went wrong, or null. */
export async function printByAgent(centreId: number, ticket: PaperTicket): Promise<Fault | null> {
  const jobId = crypto.randomUUID();
  const line = (text: string, size: 'small' | 'plain' | 'large' | 'huge') => ({ text, size, centred: true });
  const paper = {
    lines: [
      line(ticket.centre, 'plain'),
      line(ticket.number, 'huge'),
      ...(ticket.latinNumber === ticket.number ? [] : [line(ticket.latinNumber, 'plain')]),
      line(ticket.service, 'plain'),
      ...ticket.lines.map((text) => line(text, 'plain')),
    ],
    qr: ticket.link,
  };
  await call('POST /api/centres/:centreId/print-jobs', { params: { centreId }, body: { jobId, paper } });
  for (const until = performance.now() + GIVE_UP_MS; performance.now() < until;) {
    const { state, fault } = await call('GET /api/centres/:centreId/print-jobs/:jobId', {
      params: { centreId, jobId },
    });
    if (state === 'printed') return null;
    if (state === 'failed') return fault ?? 'not-printed';
    await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
  }
  return 'printer-gone';
}

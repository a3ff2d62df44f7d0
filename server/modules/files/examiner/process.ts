import type { Order } from './orders.ts';
import { Unfit } from './orders.ts';

/** What is carried out in a process of its own; it knows no key, no database and no network address. */
process.on('message', (order: Order) => {
  carryOut(order).then(
    (answer) => process.send?.({ answer }),
    (error: unknown) => process.send?.(error instanceof Unfit ? { unfit: error.fault } : { failed: true }),
  );
});
// Without the node that asked nobody needs it.
process.on('disconnect', () => process.exit());

async function carryOut(order: Order): Promise<unknown> {
  if (order.name === 'mark') {
    const { markPdf } = await import('./mark-pdf.ts');
    return markPdf(order.bytes, order.words);
  }
  if (order.contentType === 'application/pdf') {
    const { examinePdf } = await import('./pdf.ts');
    return examinePdf(order.bytes);
  }
  const { examinePicture } = await import('./pictures.ts');
  return examinePicture(order.contentType, order.bytes);
}

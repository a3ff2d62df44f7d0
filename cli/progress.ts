/** A line on the terminal that shows how far something has come; without a terminal, nothing. */
export interface ProgressBar {
  show(done: number): void;
  done(): void;
}

const WIDTH = 40;

export function progressBar(total: number, stream: NodeJS.WriteStream = process.stderr): ProgressBar {
  let shown = -1;
  return {
    show: (done) => {
      const filled = Math.min(WIDTH, Math.floor((done / Math.max(1, total)) * WIDTH));
      if (!stream.isTTY || filled === shown) return;
      shown = filled;
      const percent = Math.min(100, Math.floor((done / Math.max(1, total)) * 100));
      stream.write(`\r  [${'█'.repeat(filled)}${'·'.repeat(WIDTH - filled)}] ${percent} %`);
    },
    done: () => {
      if (stream.isTTY) stream.write('\r\u001B[K');
    },
  };
}

import type { Socket } from 'node:net';

const LINE_BYTES_MAX = 4 * 1024 * 1024;

/** Sends objects over a socket, a line each; what is sent in one turn of the loop goes out together. */
export function lineWriter(socket: Socket): (message: object) => void {
  let corked = false;
  return (message) => {
    if (socket.destroyed) return;
    if (!corked) {
      corked = true;
      socket.cork();
      setImmediate(() => {
        corked = false;
        socket.uncork();
      });
    }
    socket.write(`${JSON.stringify(message)}\n`);
  };
}

/** Hears the objects of a socket. A line that is not JSON, or has no end, ends the connection. */
export function hearLines(socket: Socket, hear: (message: unknown) => void): void {
  let rest = '';
  socket.setEncoding('utf8');
  socket.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    try {
      if (rest.length > LINE_BYTES_MAX) throw new RangeError('a line without an end');
      for (const line of lines) hear(JSON.parse(line));
    } catch (error) {
      socket.destroy(error as Error);
    }
  });
}

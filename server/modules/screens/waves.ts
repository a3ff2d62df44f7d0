/** A WAV file taken apart: how its sound is kept, and the sound. */
interface Wave {
  readonly format: Buffer;
  readonly sound: Buffer;
}

/**
 * Several WAV files of one format as one (RIFF, PCM): what was recorded word by word is said in one breath. Throws where
 * a file is no WAV, or of another format than the first.
 */
export function joinWaves(files: readonly Buffer[]): Buffer {
  const waves = files.map(readWave);
  const [first] = waves;
  if (first === undefined || waves.some(({ format }) => !format.equals(first.format)))
    throw new Error('the recordings are not all of one format');
  const sound = Buffer.concat(waves.map((wave) => wave.sound));
  const head = Buffer.alloc(12);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(4 + 8 + first.format.length + 8 + sound.length, 4);
  head.write('WAVE', 8, 'latin1');
  return Buffer.concat([head, chunk('fmt ', first.format), chunk('data', sound)]);
}

function chunk(name: string, body: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.write(name, 0, 'latin1');
  head.writeUInt32LE(body.length, 4);
  return Buffer.concat([head, body]);
}

function readWave(file: Buffer): Wave {
  if (file.toString('latin1', 0, 4) !== 'RIFF' || file.toString('latin1', 8, 12) !== 'WAVE')
    throw new Error('a recording is no WAV file');
  let format: Buffer | null = null;
  for (let at = 12; at + 8 <= file.length;) {
    const name = file.toString('latin1', at, at + 4);
    const size = file.readUInt32LE(at + 4);
    const body = file.subarray(at + 8, at + 8 + size);
    if (name === 'fmt ') format = body;
    if (name === 'data' && format !== null) return { format, sound: body };
    at += 8 + size + (size % 2);
  }
  throw new Error('a recording has no sound');
}

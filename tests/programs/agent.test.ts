import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDatabase } from '../../server/platform/database.ts';
import { PNG } from '../support/case-node.ts';
import { administrator } from '../support/staff.ts';
import { projectRoot } from '../support/source-files.ts';
import { DAY, skilled, startTestNode, testCentre, wants } from '../support/test-node.ts';

/** A network device that keeps what it is sent, and answers as a printer that is well. */
async function networkDevice() {
  let said = '';
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => {
      said += bytes.toString('latin1');
      for (const [index, byte] of bytes.entries())
        if (byte === 0x10 && bytes[index + 1] === 0x04) socket.write(Buffer.from([0x12]));
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return {
    place: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    said: () => said,
    close: () => server.close(),
  };
}

/** A program that speaks as espeak-ng does: its sound is the text that it hears. */
async function speakingProgram(folder: string): Promise<string> {
  const program = join(folder, 'speaker');
  await writeFile(program, '#!/bin/sh\nexec cat\n');
  await chmod(program, 0o755);
  return program;
}

test('an agent is paired like a device, prints what a kiosk asks for, and shows the calls; it comes back by itself', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'okno-agent-'));
  await chmod(folder, 0o755);
  const data = await openDatabase({ folder: join(folder, 'data') });
  const url = `postgresql://okno@localhost/okno?host=${encodeURIComponent(join(folder, 'data/run'))}`;
  const node = await startTestNode(url, [testCentre(1)], 0, {
    requireKeys: true,
    speech: { recordings: null, program: await speakingProgram(folder) },
  });
  const [printer, led] = [await networkDevice(), await networkDevice()];
  await mkdir(join(folder, 'scans/2'), { recursive: true });
  let agent: ChildProcess | null = null;
  let said = '';
  const begin = () => {
    const args = [
      'agent',
      '--url',
      node.url,
      '--folder',
      join(folder, 'agent'),
      '--printer',
      printer.place,
      '--led',
      led.place,
      '--speaker',
      `tee -a ${join(folder, 'said.wav')}`,
      '--scans',
      join(folder, 'scans'),
    ];
    agent = spawn(process.execPath, [join(projectRoot, 'cli/main.ts'), ...args], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    agent.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  };
  try {
    begin();
    const root = await administrator(node);
    await expect.poll(() => said).toMatch(/Code ....-....,/);
    const code = /Code (....-....)/.exec(said)?.[1];
    expect((await root.ask('POST', '/api/devices', { code, centreId: 1, windowId: null, name: 'Агент' })).status).toBe(
      201,
    );
    await expect.poll(() => said).toMatch(/agent of centre 1 works/);

    const paper = { lines: [{ text: 'TICKET 041', size: 'huge', centred: true }], qr: null };
    const ask = async () => {
      const jobId = randomUUID();
      expect((await root.ask('POST', '/api/centres/1/print-jobs', { jobId, paper })).status).toBeLessThan(300);
      // Asked for again, it is printed once.
      expect((await root.ask('POST', '/api/centres/1/print-jobs', { jobId, paper })).status).toBeLessThan(300);
      const state = async () => (await root.ask('GET', `/api/centres/1/print-jobs/${jobId}`)).body['state'];
      await expect.poll(state).toBe('printed');
    };
    await ask();
    expect(printer.said().match(/TICKET 041/g)).toHaveLength(1);

    const day = `/api/centres/1/days/${DAY}`;
    const command = () => ({ commandId: randomUUID() });
    const me = (await root.ask('GET', '/api/session')).body['specialistId'];
    await root.ask('POST', `${day}/visits`, { ...command(), ...wants('passports') });
    await root.ask('POST', `${day}/windows/2/open`, { ...command(), specialistId: me, skills: skilled('passports') });
    await root.ask('POST', `${day}/windows/2/ready`, command());
    const shown = () => Buffer.from(led.said(), 'latin1').toString('utf8');
    await expect.poll(shown).toMatch(/П001 → 2/);
    const spoken = () => readFile(join(folder, 'said.wav'), 'utf8').catch(() => '');
    await expect.poll(spoken).toBe('пэ один, окно два');

    await writeFile(join(folder, 'scans/2/page.png'), PNG);
    const arrived = async () => (await root.ask('GET', '/api/centres/1/arrived-scans?windowId=2')).body;
    await expect.poll(arrived).toMatchObject([{ name: 'page.png', windowId: 2, state: 'clean' }]);
    await expect.poll(() => readdir(join(folder, 'scans/2'))).toEqual([]);

    (agent as unknown as ChildProcess).kill('SIGKILL');
    said = '';
    begin();
    await expect.poll(() => said).toMatch(/agent of centre 1 works/);
    expect(said).not.toMatch(/Code/);
    await ask();
  } finally {
    (agent as ChildProcess | null)?.kill('SIGTERM');
    await node.close();
    await data.close();
    printer.close();
    led.close();
    await rm(folder, { recursive: true, force: true });
  }
});

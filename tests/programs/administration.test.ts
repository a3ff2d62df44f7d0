import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { get } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startProgram } from '../../bench/program.ts';
import { projectRoot } from '../support/source-files.ts';

let folder: string;
let data: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'okno-administration-'));
  await chmod(folder, 0o755);
  data = join(folder, 'data');
});

afterAll(() => rm(folder, { recursive: true, force: true }));

/** Runs `okno …` to its end, with nothing of this machine's own configuration. */
function okno(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const env = { ...process.env, DATABASE_URL: '', OKNO_CONFIG: '', HOME: folder };
  return new Promise((resolve) => {
    execFile(process.execPath, [join(projectRoot, 'bin/okno.js'), ...args], { env }, (error, out, err) => {
      resolve({ code: error === null ? 0 : Number(error.code), out, err });
    });
  });
}

const write = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

const tls = (name: string) => join(projectRoot, 'tests/support/tls', name);

test('an installation is set up, filled from lists, looked at, backed up and restored', async () => {
  const early = await okno('import', 'services', write('few.csv', 'group,name_ru,name_en\n'), '--data', data);
  expect([early.code, early.err]).toEqual([1, expect.stringMatching(/okno init/)]);
  expect((await okno('init', '--administrator', 'Root!', '--data', data)).code).toBe(2);
  expect((await okno('init', '--administrator', 'root', '--data', data)).err).toMatch(/--city/);
  const init = await okno(
    'init',
    '--city',
    'Тверь',
    '--time-zone',
    'Europe/Moscow',
    '--administrator',
    'root',
    '--data',
    data,
  );
  expect(init.out).toMatch(/Тверь \(Tver\), Europe\/Moscow[\s\S]*One-time code {2}[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}/);

  const services = write(
    'services.csv',
    'group,name_ru,name_en\nПаспорта,Паспорт (14 лет),Passport at 14\nПаспорта,Паспорт (утеря),Passport lost\nНалоги,ИНН,Tax number\n',
  );
  expect((await okno('import', 'services', services, '--data', data)).out).toMatch(/3 services are new, 0 were known/);
  expect((await okno('import', 'services', services, '--data', data)).out).toMatch(/0 services are new, 3 were known/);
  const faulty = await okno(
    'import',
    'services',
    write('bad.csv', 'group,name_ru,name_en\nНалоги,,x\n'),
    '--data',
    data,
  );
  expect([faulty.code, faulty.err]).toEqual([1, expect.stringMatching(/line 2, name_ru: is missing/)]);

  const centre = {
    id: 1,
    site_id: 1,
    name: 'Центр',
    kind: 'district',
    serves: 'Центр',
    okrug: 'Центральный',
    district: 'Центр',
    address: 'Площадь, 1',
    lat: 56.8,
    lon: 35.9,
    hours: { mon: '08:00-20:00' },
    windows: 3,
    closed_for_repair: false,
  };
  const network = (windows: number) => write('network.json', JSON.stringify({ centres: [{ ...centre, windows }] }));
  expect((await okno('import', 'network', network(3), '--dry-run', '--data', data)).out).toMatch(/\+ 1 new centres/);
  expect((await okno('import', 'network', network(3), '--data', data)).out).toMatch(
    /1 centres at 1 sites, 1 of them open/,
  );
  expect((await okno('import', 'network', network(3), '--data', data)).out).toMatch(/Nothing to change/);
  const asked = await okno('import', 'network', network(5), '--data', data);
  expect([asked.code, asked.out]).toEqual([1, expect.stringMatching(/windows 3 → 5[\s\S]*--yes/)]);
  expect((await okno('import', 'network', network(5), '--yes', '--data', data)).code).toBe(0);

  const doctor = await okno('doctor', '--data', data);
  expect(doctor.out).toMatch(
    /ok +schema[\s\S]*LOOK +administrators +0 can sign in[\s\S]*1 of 1 centres have hours[\s\S]* calendar +[\s\S]*LOOK +backup/,
  );
  expect(doctor.code).toBe(0);

  const backups = join(folder, 'backups');
  expect((await okno('backup', '--to', backups, '--data', data)).code).toBe(0);
  const archive = join(backups, readdirSync(backups)[0] as string);
  const restored = await okno('restore', archive, '--data', join(folder, 'restored'));
  expect(restored.out).toMatch(/0 days computed again, 0 faults/);
  expect((await okno('restore', archive, '--data', data)).err).toMatch(/an installation already/);
  writeFileSync(join(archive, 'centre.copy.gz'), 'nonsense');
  expect((await okno('restore', archive, '--data', join(folder, 'other'))).err).toMatch(
    /centre\.copy\.gz is not as it was written/,
  );
  expect((await okno('upgrade', '--check', '--data', join(folder, 'restored'))).out).toMatch(/Nothing to do/);
});

test('data of a demo are never served as real ones', async () => {
  const demo = join(folder, 'demo');
  const node = await startProgram([
    'serve',
    '--clock',
    'demo',
    '--shown-at',
    '2026-02-19T10:00:00+03:00',
    '--data',
    demo,
    '--port',
    '0',
  ]);
  await node.stop();
  const real = await okno('serve', '--data', demo, '--port', '0');
  expect([real.code, real.err]).toEqual([1, expect.stringMatching(/demo/i)]);
  expect((await okno('doctor', '--data', demo)).out).toMatch(/BAD +data .*demo data/);
});

const misconfigured: [toml: string, says: RegExp][] = [
  ['prot = 8080', /“prot” in .* is not known; did you mean “port”\?/],
  ['port = "eighty"', /port .*must be a number/],
  ['port = 99999', /must be a port from 0 to 65535/],
  ['behind_proxy = ["the proxy"]', /is no address or range/],
  ['tls_cert = "/nowhere.pem"', /there is no file \/nowhere\.pem[\s\S]*go together/],
  ['database_url = "mysql://x"', /must begin with postgres/],
  ['port = ', /line 1/],
  [
    'oidc_issuer = "https://login.example"\noidc_client_id = "okno"\noidc_client_secret = "x"',
    /oidc_issuer needs public_url: the address of this site/,
  ],
  [
    'visitor_oidc_issuer = "https://login.example"\npublic_url = "https://okno.example"',
    /visitor_oidc_issuer needs visitor_oidc_client_id and visitor_oidc_client_secret/,
  ],
  ['s3_url = "https://host/bucket"', /must be such as https:\/\/KEY:SECRET@host\/bucket/],
  [
    `database_url = "postgres://okno@127.0.0.1:1/okno"\nmaster_key_file = "${join(tmpdir(), 'okno-no-scans.key')}"`,
    /say where scans lie: set file_folder or s3_url/,
  ],
];
test.each(misconfigured)('a configuration that cannot be used starts nothing: %s', async (toml, says) => {
  const { code, err } = await okno('serve', '--config', write('bad.toml', toml));
  expect([code, err]).toEqual([1, expect.stringMatching(says)]);
});

test('what is in force is shown with where it comes from, and no secret', async () => {
  const file = write(
    'okno.toml',
    'host = "0.0.0.0"\nport = 9000\ndatabase_url = "postgres://okno:top-secret@db/okno"\nbehind_proxy = ["10.0.0.0/8"]\n',
  );
  const { out } = await okno('config', '--config', file, '--port', '9001');
  expect(out).toMatch(/host = "0\.0\.0\.0" +# .*okno\.toml/);
  expect(out).toMatch(/port = 9001 +# --port/);
  expect(out).toMatch(/backup_keep = 14 +# default/);
  expect(out).not.toMatch(/top-secret/);
  expect((await okno('config', '--config', join(projectRoot, 'deploy/okno.toml'))).out).toMatch(
    /behind_proxy = \["172/,
  );
  const example = await okno('config', '--example');
  expect(example.out).toMatch(/# Folder of the embedded database/);
  expect((await okno('config', '--config', write('example.toml', example.out))).code).toBe(0);
});

test('over TLS the server speaks TLS, and its figures are on a port of their own', async () => {
  const certificate = ['--tls-cert', tls('cert.pem'), '--tls-key', tls('key.pem')];
  const config = write('served.toml', `metrics_port = 0\n`);
  mkdirSync(join(folder, 'tls'), { recursive: true });
  const node = await startProgram([
    'serve',
    '--config',
    config,
    '--data',
    join(folder, 'tls'),
    '--port',
    '0',
    ...certificate,
  ]);
  try {
    expect(node.url).toMatch(/^https:/);
    const status = await new Promise<number>((resolve, reject) => {
      get(`${node.url}/healthz`, { rejectUnauthorized: false }, (response) => resolve(response.statusCode ?? 0)).on(
        'error',
        reject,
      );
    });
    expect(status).toBeLessThan(300);
  } finally {
    await node.stop();
  }
});

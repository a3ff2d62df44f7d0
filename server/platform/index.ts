/** The parts of the platform that the command line uses. */
export { PROGRAM } from './audit.ts';
export { sealAudit, verifyAudit } from './audit-seal.ts';
export { readManifest } from './backup/archive.ts';
export { restoreRows } from './backup/restore.ts';
export { newestBackup } from './backup/schedule.ts';
export { city, setCity } from './city.ts';
export { serverState } from './database.ts';
export { installationKind, markInstallation } from './installation.ts';
export { isSealed, readMasterKey } from './master-key.ts';
export { makeFolder } from './folder.ts';
export { checkMasterKey } from './vault.ts';
export { migrationState } from './migrate.ts';
export { lettersOfDatabase } from './letters.ts';
export { decodeText, UnreadableText } from './text-encoding.ts';

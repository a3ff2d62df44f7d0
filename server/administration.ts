/** Commands of administrators on the machine itself, from the command line. */
export { PROGRAM } from './platform/audit.ts';
export { sealAudit, verifyAudit } from './platform/audit-seal.ts';
export { readManifest } from './platform/backup/archive.ts';
export { restoreRows } from './platform/backup/restore.ts';
export { newestBackup } from './platform/backup/schedule.ts';
export { backUpEverything, restoreScans } from './backup.ts';
export { city, setCity } from './platform/city.ts';
export { serverState } from './platform/database.ts';
export { installationKind, markInstallation } from './platform/installation.ts';
export { isSealed, readMasterKey } from './platform/master-key.ts';
export { makeFolder } from './platform/folder.ts';
export { checkMasterKey } from './platform/vault.ts';
export {
  exportPerson,
  findPerson,
  forgetWholly,
  newKey,
  removeOldCases,
  type Safe,
  sealEverythingAnew,
  withVault,
} from './privacy.ts';
export { migrationState } from './platform/migrate.ts';
export { lettersOfDatabase } from './platform/letters.ts';
export { decodeText, UnreadableText } from './platform/text-encoding.ts';

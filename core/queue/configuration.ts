import type { GroupId, WindowId } from './ids.ts';

/** The rules by which one centre's day is decided. Immutable: a day names it by its hash. */
export interface QueueConfiguration {
  /** A walk-in should be called within so many minutes of taking a ticket (1 to 240). */
  readonly walkInLimitMinutes: number;
  /** A window that finished is ready again after so many seconds; null: only when the specialist says so. */
  readonly readyAfterSeconds: number | null;
  readonly groups: readonly GroupRule[];
  readonly windows: readonly WindowRule[];
}

export interface GroupRule {
  readonly groupId: GroupId;
  /** One of NUMBER_LETTERS, used by one group of the centre only. */
  readonly letter: string;
}

export interface WindowRule {
  readonly windowId: WindowId;
  /** The groups that the window is equipped for. */
  readonly groupIds: readonly GroupId[];
}

/** 23 letters that are neither alike nor hard to say: without Ё Й Ъ Ы Ь З О Ч Б Щ. */
export const NUMBER_LETTERS = 'АВГДЕЖИКЛМНПРСТУФХЦШЭЮЯ';

/** What is wrong with a configuration, as sentences for its author; empty when it may be used. */
export function configurationFaults(configuration: QueueConfiguration): string[] {
  const faults: string[] = [];
  const { groups, windows, walkInLimitMinutes, readyAfterSeconds } = configuration;
  const known = new Set(groups.map((group) => group.groupId));
  if (known.size !== groups.length) faults.push('two service groups have the same id');
  if (new Set(groups.map((group) => group.letter)).size !== groups.length) {
    faults.push('two service groups have the same letter');
  }
  if (new Set(windows.map((window) => window.windowId)).size !== windows.length) {
    faults.push('two windows have the same number');
  }
  for (const { groupId, letter } of groups) {
    if (letter.length !== 1 || !NUMBER_LETTERS.includes(letter)) {
      faults.push(`the letter «${letter}» of ${groupId} is none of ${NUMBER_LETTERS}`);
    }
  }
  for (const { windowId, groupIds } of windows) {
    const unknown = groupIds.filter((groupId) => !known.has(groupId));
    if (unknown.length > 0) faults.push(`window ${windowId} serves unknown groups: ${unknown.join(', ')}`);
  }
  if (!(Number.isInteger(walkInLimitMinutes) && walkInLimitMinutes >= 1 && walkInLimitMinutes <= 240)) {
    faults.push(`the walk-in limit must be 1 to 240 whole minutes, not ${walkInLimitMinutes}`);
  }
  if (readyAfterSeconds !== null && !(Number.isInteger(readyAfterSeconds) && readyAfterSeconds >= 0)) {
    faults.push(`ready-after must be whole seconds or null, not ${readyAfterSeconds}`);
  }
  return faults;
}

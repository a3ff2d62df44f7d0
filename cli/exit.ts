/** How a command ends, for scripts; `okno help` says it too. */
export const EXIT = {
  done: 0,
  /** Something was found to be wrong, or was refused. */
  refused: 1,
  /** Typed wrongly. */
  usage: 2,
  /** A file, folder or port cannot be used. */
  unusable: 3,
  /** A database or server does not answer, or lets nobody in. */
  unreached: 4,
} as const;

/** What somebody may do. Each route of the API asks for one. */
export type Right =
  /** See halls, centres, waits and seals: everybody may. */
  | 'look'
  /** See and change a visit by the secret of its ticket. */
  | 'own-visit'
  /** Give tickets and act for visitors in the hall. */
  | 'give-tickets'
  /** Work at a window. */
  | 'serve'
  /** Call out of order, stop the hall, close the doors, agree to a gap. */
  | 'run-hall'
  /** Change what a centre offers and when. */
  | 'run-centre'
  /** Run the installation itself. */
  | 'operate';

/** Everybody without a key: a passer-by with a telephone. */
export const ANYBODY: readonly Right[] = ['look', 'own-visit'];

/** Who has which rights: the one place where roles are registered. A key has a role, at one centre or at all. */
export const ROLES = {
  board: ['look'],
  kiosk: [...ANYBODY, 'give-tickets'],
  reception: [...ANYBODY, 'give-tickets'],
  specialist: [...ANYBODY, 'serve'],
  'hall-administrator': [...ANYBODY, 'give-tickets', 'serve', 'run-hall'],
  head: [...ANYBODY, 'give-tickets', 'serve', 'run-hall', 'run-centre'],
  administrator: [...ANYBODY, 'give-tickets', 'serve', 'run-hall', 'run-centre', 'operate'],
} as const satisfies Readonly<Record<string, readonly Right[]>>;

export type Role = keyof typeof ROLES;

export function isRole(name: string): name is Role {
  return name in ROLES;
}

/** True when the role has the right. */
export function mayDo(role: Role, right: Right): boolean {
  return (ROLES[role] as readonly Right[]).includes(right);
}

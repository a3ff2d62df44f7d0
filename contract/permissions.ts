import { ANYBODY, RIGHTS, type Right, type Role, rightsOf, SEEDED_ROLES } from '../core/access/roles.ts';
import type { Route } from './contract.ts';
import { contract } from './index.ts';

/** The matrix of roles and routes as a page: the rights of the roles that an installation begins with, and the routes of each right. */
export function permissionTable(): string {
  const roles = new Map(SEEDED_ROLES.map((role) => [role.roleId, role]));
  const routes = Object.entries(contract) as [string, Route][];
  const lines = [
    '# Roles and rights',
    '',
    'Made by `npm run permissions` from the contract and the roles that an installation begins with. An administrator may change the roles.',
    'A role counts at the place where it was given: the network, a district with all below it, a centre, or an agency.',
    '',
    '## Rights of the roles',
    '',
    ...rightsTable(roles),
    '',
    '## Routes by right',
    '',
  ];
  for (const right of Object.keys(RIGHTS) as Right[]) {
    const asked = routes.filter(([, route]) => route.right === right);
    if (asked.length === 0) continue;
    const who = ANYBODY.includes(right) ? 'everyone' : holders(roles, right).join(', ');
    lines.push(`### ${right}: ${RIGHTS[right].en}`, '', `Roles: ${who}.`, '');
    for (const [name, { summary }] of asked) lines.push(`- \`${name}\`: ${summary}`);
    lines.push('');
  }
  lines.push(
    '## Pages and files for anyone',
    '',
    'Nobody is identified: the answer is the same for all, or for a browser by its own cookie.',
    '',
  );
  for (const [name, { right, summary }] of routes) if (right === null) lines.push(`- \`${name}\`: ${summary}`);
  return `${lines.join('\n').trimEnd()}\n`;
}

function holders(roles: ReadonlyMap<string, Role>, right: Right): string[] {
  return [...roles.keys()].filter((roleId) => rightsOf(roles, roleId).has(right));
}

function rightsTable(roles: ReadonlyMap<string, Role>): string[] {
  const rights = (Object.keys(RIGHTS) as Right[]).filter((right) => !ANYBODY.includes(right));
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rows = [...roles.values()].map(({ roleId, name, secondFactor, twoPeople }) => {
    const marks = [secondFactor ? 'second factor' : '', twoPeople ? 'two people' : ''].filter((mark) => mark !== '');
    const held = rightsOf(roles, roleId);
    const label = `${name.en} (\`${roleId}\`)${marks.length > 0 ? `, ${marks.join(', ')}` : ''}`;
    return row([label, ...rights.map((right) => (held.has(right) ? '●' : ''))]);
  });
  return [row(['Role', ...rights]), row(['--', ...rights.map(() => '--')]), ...rows];
}

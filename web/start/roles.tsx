import { useLanguage, useMessages } from '../shared/language.tsx';
import { messages } from './messages/index.ts';

interface RolesProps {
  readonly centreId: number;
  readonly name: { readonly ru: string; readonly en: string };
  readonly trainingId: number;
}

/** One click opens a workplace: in a demo there is no sign-in. */
export function Roles({ centreId, name, trainingId }: RolesProps) {
  const words = useMessages(messages);
  const { language } = useLanguage();
  const places: readonly (readonly [keyof typeof words.roles, string])[] = [
    ['visitor', `/kiosk/${centreId}`],
    ['waiting', `/board/${centreId}`],
    ['specialist', `/window/${centreId}/1`],
    ['cases', `/cases/${centreId}`],
    ['agency', '/agency/mvd'],
    ['hallAdministrator', `/hall/${centreId}`],
    ['rating', `/rate/${centreId}/1`],
    ['bar', `/bar/${trainingId}`],
    ['planning', `/planning/${centreId}`],
    ['analyst', '/network'],
    ['resident', '/promise'],
    ['administrator', '/office'],
  ];
  return (
    <section aria-labelledby="roles">
      <h2 id="roles">{words.rolesTitle(name[language])}</h2>
      <ul className="roles">
        {places.map(([role, address]) => (
          <li key={role}>
            <a href={address}>
              <strong>{words.roles[role][0]}</strong>
              <span>{words.roles[role][1]}</span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

import { useLanguage, useMessages } from '../shared/language.tsx';
import { messages } from './messages/index.ts';
import { paths } from '../shared/paths.ts';

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
    ['visitor', paths.kiosk(centreId)],
    ['waiting', paths.board(centreId)],
    ['specialist', paths.window(centreId, 1)],
    ['cases', paths.cases(centreId)],
    ['agency', paths.agency('mvd')],
    ['hallAdministrator', paths.hall(centreId)],
    ['rating', paths.rate(centreId, 1)],
    ['bar', paths.bar(trainingId)],
    ['planning', paths.planning(centreId)],
    ['analyst', paths.network()],
    ['resident', paths.promise()],
    ['administrator', paths.office()],
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

import { serviceSearchContract } from '../../../contract/service-search.ts';
import { askedAs } from '../../../core/catalogue/asked-as.ts';
import { SITUATIONS } from '../../../core/catalogue/situations.ts';
import { type Find, searchIn, type Searched } from '../../../core/language/search.ts';
import { serve } from '../../platform/serve.ts';
import type { SiteContext } from './context.ts';
import { cardOf, servicesOf } from './service-cards.ts';

type Service = Awaited<ReturnType<typeof servicesOf>>[number];

const FOUND_MOST = 20;

/** What a service is found by: its names, how people ask for it, and what it belongs to. */
function searchedOf({ serviceId, name, group, passport }: Service): Searched {
  const { official, short, lifeSituations = [], askedAs: own = [] } = passport ?? {};
  return {
    names: [name, official, short].flatMap((words) => (words === undefined ? [] : [words.ru, words.en])),
    askedAs: askedAs(serviceId, own),
    about: [group, ...lifeSituations.flatMap((code) => situationNamed(code))].flatMap(({ ru, en }) => [ru, en]),
  };
}

function situationNamed(code: string): readonly { readonly ru: string; readonly en: string }[] {
  const named = Object.entries(SITUATIONS).find(([one]) => one === code);
  return named === undefined ? [] : [named[1]];
}

/** Finds services in plain words. What is searched in is made ready once, and again when the services are others. */
export function serviceFinder(context: SiteContext): () => Promise<Find<Service>> {
  let ready: { readonly of: string; readonly find: Find<Service> } | null = null;
  return async () => {
    const services = await servicesOf(context);
    const of = JSON.stringify(services.map((one) => [cardOf(one), one.passport?.official, one.passport?.askedAs]));
    ready = ready?.of === of ? ready : { of, find: searchIn(services, searchedOf) };
    return ready.find;
  };
}

/** The search for programs and for screens. */
export function serviceSearchRoutes(context: SiteContext): void {
  const finder = serviceFinder(context);
  serve(context.http, serviceSearchContract, {
    'GET /api/service-search': async ({ query: { q, centreId } }) => {
      const found = (await finder())(q);
      if (centreId === undefined) return found.slice(0, FOUND_MOST).map(cardOf);
      const given = (await context.lists.given()).filter((one) => one.centreId === Number(centreId));
      const here = new Set<string>(given.map(({ serviceId }) => serviceId));
      return found
        .filter(({ serviceId }) => here.has(serviceId))
        .slice(0, FOUND_MOST)
        .map(cardOf);
    },
    'GET /api/service-words': async () =>
      (await servicesOf(context)).flatMap(({ serviceId, passport }) => {
        const words = askedAs(serviceId, passport?.askedAs);
        return words.length === 0 ? [] : [{ serviceId, askedAs: [...words] }];
      }),
  });
}

import { Type } from 'typebox';
import type { Contract } from './contract.ts';
import { AskedDayField, CentreIdField } from './fields.ts';
import { named, said } from './page-fields.ts';

/** The page of a screen is the same for everyone: its data come from the API, to those who may see them. */
const screen = { right: null, gives: ['text/html'], problems: [] } as const;
const ofCentre = Type.Object({ centreId: named('The id of the centre') });
const ofWindow = Type.Object({ centreId: named('The id of the centre'), windowId: named('The number of the window') });

/** The addresses at which the built screens are shown. */
export const screenPageContract = {
  'GET /start': { ...screen, summary: 'Screen: the way in to the demo' },
  'GET /kiosk/:centreId': { ...screen, summary: 'Screen: the kiosk that gives tickets', params: ofCentre },
  'GET /board/:centreId': { ...screen, summary: 'Screen: the board that shows calls', params: ofCentre },
  'GET /window/:centreId/:windowId': { ...screen, summary: 'Screen: a specialist at a window', params: ofWindow },
  'GET /hall/:centreId': { ...screen, summary: 'Screen: the hall administrator', params: ofCentre },
  'GET /bar/:centreId': { ...screen, summary: 'Screen: the bar that gives drinks', params: ofCentre },
  'GET /rate/:centreId/:windowId': {
    ...screen,
    summary: 'Screen: the tablet that asks for a rating',
    params: ofWindow,
  },
  'GET /cases/:centreId': { ...screen, summary: 'Screen: applications of a centre', params: ofCentre },
  'GET /agency/:agencyId': {
    ...screen,
    summary: 'Screen: an agency that decides applications',
    params: Type.Object({ agencyId: named('The id of the agency') }),
  },
  'GET /network': { ...screen, summary: 'Screen: the network now and at a moment of the past' },
  'GET /planning/:centreId': { ...screen, summary: 'Screen: the plan of a day', params: ofCentre },
  'GET /planning/:centreId/week': { ...screen, summary: 'Screen: the roster of a week', params: ofCentre },
  'GET /sign-in': { ...screen, summary: 'Screen: signing in' },
  'GET /pair': { ...screen, summary: 'Screen: a device that waits to be let in' },
  'GET /office': { ...screen, summary: 'Screen: the office' },
  'GET /office/:page': {
    ...screen,
    summary: 'Screen: a page of the office',
    params: Type.Object({ page: named('The name of the page') }),
  },
  'GET /office/:page/:id': {
    ...screen,
    summary: 'Screen: a page of the office about one thing',
    params: Type.Object({ page: named('The name of the page'), id: named('What it is about') }),
  },
  'GET /_design': { ...screen, summary: 'Screen: the controls of all screens' },
} as const satisfies Contract;

/** Scripts that work for the whole site. */
export const shellContract = {
  'GET /shell.js': {
    right: null,
    summary: 'The script that keeps pages for the time without the server',
    gives: ['text/javascript'],
    problems: [],
  },
  'GET /teller.js': {
    right: null,
    summary: 'The script that shows messages',
    gives: ['text/javascript'],
    problems: [],
  },
} as const satisfies Contract;

const lang = said('`ru` or `en`; else what the browser prefers');

/** Pages that the server draws outside the site. */
export const drawnPageContract = {
  'GET /t': { ...screen, summary: "The visitor's page, whose secret is after the hash", query: Type.Object({ lang }) },
  'GET /promise': {
    ...screen,
    summary: 'The promise in public, as a page',
    query: Type.Object({ lang, day: Type.Optional(AskedDayField), centre: Type.Optional(CentreIdField) }),
    problems: ['moment-ahead'],
  },
} as const satisfies Contract;

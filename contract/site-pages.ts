import { Type } from 'typebox';
import type { Contract } from './contract.ts';
import { FORM, formOf, named, pageQuery, said } from './page-fields.ts';

const look = pageQuery({});
const MOVE = '`1` while a booking is moved';
const SERVICES = 'Services to book, such as `passports,housing:2`: the service, and its pieces where there are several';
const page = { right: null, query: look, gives: ['text/html'], problems: [] } as const;
/** A page that changes something for the visitor who sends its form. */
const form = {
  right: null,
  query: look,
  takes: FORM,
  gives: ['text/html'],
  problems: ['foreign-origin', 'body-too-large'],
} as const;

const ofService = Type.Object({ id: named('The id of the service') });

/** What the city says: read by people, drawn for each of them. */
export const readingPageContract = {
  'GET /': { ...page, summary: 'The first page of the site' },
  'GET /situations': { ...page, summary: 'Life situations with the services that they take' },
  'GET /situations/:id': {
    ...page,
    summary: 'A life situation',
    params: Type.Object({ id: named('The code of the situation') }),
    problems: ['unknown-page'],
  },
  'GET /centres': {
    ...page,
    summary: 'Centres with their hours and waits',
    query: pageQuery({ from: said('The id of the centre near which the visitor is; the nearest come first') }),
  },
  'GET /centres/:id': {
    ...page,
    summary: 'A centre',
    params: Type.Object({ id: named('The id of the centre') }),
    problems: ['unknown-page'],
  },
  'GET /demo-post': { ...page, summary: 'Messages of the demo, which are sent to nobody' },
  'GET /news': { ...page, summary: 'News of the network' },
} as const satisfies Contract;

export const servicePageContract = {
  'GET /services': {
    ...page,
    measure: 'services',
    summary: 'Services: all of them, or those that were searched for',
    query: pageQuery({ q: said('What is searched for, in the words of the visitor') }),
  },
  'GET /services/:id': { ...page, summary: 'A service', params: ofService, problems: ['unknown-page'] },
} as const satisfies Contract;

/** An application that is begun at home. */
export const homePageContract = {
  'GET /services/:id/begin': {
    ...page,
    summary: 'The questions of an application begun at home',
    params: ofService,
    query: pageQuery({ variant: said('The code of the variant of the service') }),
    problems: ['unknown-page'],
  },
  'POST /services/:id/begin': {
    ...form,
    summary: 'Keep the answers of an application begun at home, and give their code for the window',
    params: ofService,
    body: Type.Object(
      { variant: said('The code of the variant of the service') },
      { description: 'An answer for each question, by its name', additionalProperties: Type.String() },
    ),
    problems: ['unknown-page', 'foreign-origin', 'body-too-large'],
  },
} as const satisfies Contract;

/** Booking in five pages, one question each. A step that is past sends the visitor to where their booking is (303). */
export const choosingPageContract = {
  'GET /book': {
    ...page,
    summary: 'Where to book',
    query: pageQuery({
      service: said(SERVICES),
      from: said('The id of the centre near which the visitor is'),
      all: said('`1`: every centre, by name'),
      move: said(MOVE),
    }),
  },
  'GET /book/when': {
    ...page,
    summary: 'When to book',
    query: pageQuery({
      service: said(SERVICES),
      centre: said('The id of the centre'),
      day: said("The day that is looked at, such as `2026-02-19`, in the centre's zone"),
      move: said(MOVE),
    }),
  },
  'POST /book/when': {
    ...form,
    summary: 'Hold a time for ten minutes, or move a booking to it',
    body: formOf({
      service: said(SERVICES),
      centre: said('The id of the centre'),
      at: said('The time, in milliseconds since 1970-01-01T00:00:00Z'),
      command: said('The id of the command (a UUID), so that a form that is sent twice holds once'),
      move: said(MOVE),
      challenge: said('The puzzle that was set after many holds from this address'),
      nonce: said('Its solution, a whole number'),
    }),
  },
} as const satisfies Contract;

export const confirmingPageContract = {
  'GET /book/contact': { ...page, summary: 'The address to which the code of the booking is sent' },
  'POST /book/contact': {
    ...form,
    summary: 'Send a code to the address',
    body: formOf({
      contact: said('A telephone number or an e-mail address'),
      address: said('The address of a visit at home'),
      from: said('The id of the centre near which the home is'),
    }),
  },
  'GET /book/check': { ...page, summary: 'The code that was sent' },
  'POST /book/check': {
    ...form,
    summary: 'Confirm the booking with the code that was sent',
    body: formOf({ code: said('Six digits') }),
  },
  'GET /book/done': { ...page, summary: 'The booking is made' },
} as const satisfies Contract;

/** The booking that a browser keeps. */
export const findingPageContract = {
  'GET /my-booking': { ...page, summary: 'Find a booking by its code' },
  'POST /my-booking': {
    ...form,
    summary: 'Find a booking by its code and the address that it was made with',
    body: formOf({ code: said('The code of the booking'), contact: said('The telephone number or e-mail address') }),
  },
  'POST /my-booking/leave': { ...form, summary: 'Have this browser forget the booking' },
} as const satisfies Contract;

export const ownBookingPageContract = {
  'GET /my-booking/show': { ...page, summary: 'The booking that this browser keeps' },
  'GET /my-booking/cancel': { ...page, summary: 'Ask whether to cancel it' },
  'POST /my-booking/cancel': { ...form, summary: 'Cancel it' },
  'POST /my-booking/check-in': { ...form, summary: 'Check in with it, and go on to the ticket' },
  'GET /my-booking/appointment.ics': {
    ...page,
    summary: 'The booking for a calendar (RFC 5545)',
    gives: ['text/calendar'],
  },
} as const satisfies Contract;

/** The status of an application, and the consent of another person to one. */
export const applicationPageContract = {
  'GET /application': {
    ...page,
    summary: 'Ask for the status of an application',
    query: pageQuery({ number: said('The number of the application') }),
  },
  'POST /application': {
    ...form,
    summary: 'The status of an application, by its number and the code of its receipt',
    body: formOf({ number: said('The number of the application'), code: said('The code of its receipt') }),
  },
} as const satisfies Contract;

export const coSignPageContract = {
  'GET /co-sign': { ...page, summary: 'Find what a person is asked to agree to' },
  'POST /co-sign': {
    ...form,
    summary: 'What a person is asked to agree to; with `digest` they agree',
    body: formOf({
      code: said('The code that the person was given'),
      birth: said('Their date of birth, such as `1980-05-17`'),
      digest: said('The hash of the text that they have read'),
    }),
  },
} as const satisfies Contract;

/** Signing in of visitors, where a server of the city or the state is connected. */
export const cabinetPageContract = {
  'GET /login': { ...page, summary: 'Go to the sign-in server of the city or the state' },
  'GET /login/back': {
    ...page,
    summary: 'Come back from the sign-in server (OpenID Connect)',
    query: pageQuery({ code: said('From the server'), state: said('From the server'), error: said('From the server') }),
  },
  'GET /cabinet': { ...page, summary: "The visitor's own bookings" },
  'POST /cabinet/open': {
    ...form,
    summary: 'Open one of them',
    body: formOf({ booking: said('The id of the booking') }),
  },
  'POST /logout/all': { ...form, summary: 'End every session of this visitor' },
  'POST /logout': { ...form, summary: 'End this session' },
} as const satisfies Contract;

/** What programs read of the site. */
export const machinePageContract = {
  'GET /sitemap.xml': { right: null, summary: 'The pages of the site', gives: ['application/xml'], problems: [] },
  'GET /robots.txt': { right: null, summary: 'What searchers may read', gives: ['text/plain'], problems: [] },
  'GET /news.xml': { right: null, summary: 'News as a feed (RSS 2.0)', gives: ['application/rss+xml'], problems: [] },
} as const satisfies Contract;

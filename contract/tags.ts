import { agencyContract } from './agencies.ts';
import { alertContract } from './alerts.ts';
import { applicationFigureContract } from './application-figures.ts';
import { applicationContract } from './applications.ts';
import { arrivedScanContract } from './arrived-scans.ts';
import { bookingSettingContract } from './booking-setting.ts';
import { bookingContract, bookingDeskContract, demoPostContract } from './booking.ts';
import { caseTaskContract } from './case-tasks.ts';
import { catalogueContract, pilotContract } from './catalogue.ts';
import { chargeContract } from './charges.ts';
import type { Contract } from './contract.ts';
import { deviceContract, pairingContract } from './devices.ts';
import { fileContract } from './files.ts';
import { mediaContract, printedContract, speechContract } from './media.ts';
import { drawnPageContract, screenPageContract, shellContract } from './screen-pages.ts';
import {
  applicationPageContract,
  cabinetPageContract,
  choosingPageContract,
  confirmingPageContract,
  coSignPageContract,
  findingPageContract,
  homePageContract,
  machinePageContract,
  ownBookingPageContract,
  readingPageContract,
  servicePageContract,
} from './site-pages.ts';
import { hallDeskContract } from './hall-desk.ts';
import { homeDraftContract } from './home-drafts.ts';
import { centreOfficeContract, centrePartContract, districtContract } from './network-office.ts';
import { networkContract } from './network.ts';
import { oidcContract } from './oidc.ts';
import { ownVisitContract } from './own-visit.ts';
import { packageContract } from './packages.ts';
import { manifestContract, paperContract } from './papers.ts';
import { partnerContract, deadLetterContract } from './partners.ts';
import { passkeyContract, roleContract, sessionContract, staffContract, wayContract } from './people.ts';
import { personContract, personLookContract } from './persons.ts';
import { adviceContract, planningContract } from './planning.ts';
import { descriptionContract, platformContract, securityContactContract, wellKnownContract } from './platform.ts';
import { printingContract } from './printing.ts';
import { promiseContract, promiseTableContract } from './promise.ts';
import { proofContract, proofPageContract } from './proof.ts';
import { pushContract } from './push.ts';
import { queueContract } from './queue.ts';
import { ratingContract } from './ratings.ts';
import { colleagueContract, rosterContract } from './rosters.ts';
import { screenContract } from './screens.ts';
import { serviceSearchContract } from './service-search.ts';
import { signatureContract } from './signatures.ts';
import { termContract } from './terms.ts';

interface Tag {
  readonly name: string;
  readonly description: string;
  readonly contracts: readonly Contract[];
}

/** The tags of the API, in reading order. */
export const TAGS: readonly Tag[] = [
  {
    name: 'Halls',
    description: 'Tickets, calls and windows of a day, live',
    contracts: [queueContract, ownVisitContract, hallDeskContract, alertContract, ratingContract],
  },
  {
    name: 'Bookings',
    description: 'Free times, bookings, and how centres take them',
    contracts: [bookingContract, bookingDeskContract, bookingSettingContract, demoPostContract],
  },
  {
    name: 'Partners',
    description: 'Programs that book for their visitors',
    contracts: [partnerContract, deadLetterContract],
  },
  {
    name: 'Network',
    description: 'Centres, districts, hours, windows, equipment',
    contracts: [networkContract, districtContract, centreOfficeContract, centrePartContract],
  },
  {
    name: 'Catalogue',
    description: 'Service passports, pilots, the search for services',
    contracts: [catalogueContract, pilotContract, serviceSearchContract, termContract],
  },
  {
    name: 'Persons',
    description: 'One record for a person; every look at it is logged with its purpose',
    contracts: [personContract, personLookContract],
  },
  {
    name: 'Applications',
    description: 'From the intake to the result: applications, packages, papers, charges, agencies',
    contracts: [
      applicationContract,
      caseTaskContract,
      signatureContract,
      homeDraftContract,
      applicationFigureContract,
      arrivedScanContract,
      fileContract,
      printedContract,
      packageContract,
      paperContract,
      manifestContract,
      chargeContract,
      agencyContract,
      pushContract,
    ],
  },
  {
    name: 'Planning',
    description: 'Forecasts, plans, rosters, advice',
    contracts: [adviceContract, planningContract, rosterContract, colleagueContract],
  },
  {
    name: 'People',
    description: 'Accounts, sign-in, roles, devices',
    contracts: [
      sessionContract,
      wayContract,
      oidcContract,
      passkeyContract,
      staffContract,
      roleContract,
      pairingContract,
      deviceContract,
    ],
  },
  {
    name: 'Screens',
    description: 'Settings, speech and print of screens',
    contracts: [screenContract, printingContract, mediaContract, speechContract],
  },
  {
    name: 'Proof',
    description: 'The promise in public, and the seals of days',
    contracts: [promiseContract, promiseTableContract, proofContract, proofPageContract],
  },
  {
    name: 'Node',
    description: 'Clock, health and figures of a node',
    contracts: [platformContract, descriptionContract, wellKnownContract, securityContactContract],
  },
  {
    name: 'Site',
    description: 'Pages of the public site, for people: whole without a script',
    contracts: [
      readingPageContract,
      servicePageContract,
      homePageContract,
      choosingPageContract,
      confirmingPageContract,
      findingPageContract,
      ownBookingPageContract,
      applicationPageContract,
      coSignPageContract,
      cabinetPageContract,
      machinePageContract,
      drawnPageContract,
    ],
  },
  {
    name: 'Screen pages',
    description: 'Pages of the screens of halls and offices; their data come from the API',
    contracts: [screenPageContract, shellContract],
  },
];

/** The tag of a route. */
export function tagOf(name: string): string | null {
  return TAGS.find(({ contracts }) => contracts.some((contract) => name in contract))?.name ?? null;
}

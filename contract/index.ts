import { agencyContract } from './agencies.ts';
import { alertContract } from './alerts.ts';
import { arrivedScanContract } from './arrived-scans.ts';
import { applicationFigureContract } from './application-figures.ts';
import { applicationContract } from './applications.ts';
import { caseTaskContract } from './case-tasks.ts';
import { bookingContract, bookingDeskContract, demoPostContract } from './booking.ts';
import { bookingSettingContract } from './booking-setting.ts';
import { catalogueContract, pilotContract } from './catalogue.ts';
import { chargeContract } from './charges.ts';
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
import { networkContract } from './network.ts';
import { passkeyContract, roleContract, sessionContract, staffContract, wayContract } from './people.ts';
import { deviceContract, pairingContract } from './devices.ts';
import { centreOfficeContract, centrePartContract, districtContract } from './network-office.ts';
import { oidcContract } from './oidc.ts';
import { ownVisitContract } from './own-visit.ts';
import { packageContract } from './packages.ts';
import { manifestContract, paperContract } from './papers.ts';
import { personContract, personLookContract } from './persons.ts';
import { adviceContract, planningContract } from './planning.ts';
import { deadLetterContract, partnerContract } from './partners.ts';
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

/** Every route of Okno. */
export const contract = {
  ...platformContract,
  ...sessionContract,
  ...wayContract,
  ...passkeyContract,
  ...staffContract,
  ...roleContract,
  ...pairingContract,
  ...deviceContract,
  ...networkContract,
  ...districtContract,
  ...centreOfficeContract,
  ...centrePartContract,
  ...catalogueContract,
  ...serviceSearchContract,
  ...pilotContract,
  ...pushContract,
  ...queueContract,
  ...ownVisitContract,
  ...hallDeskContract,
  ...bookingContract,
  ...bookingDeskContract,
  ...bookingSettingContract,
  ...demoPostContract,
  ...partnerContract,
  ...deadLetterContract,
  ...alertContract,
  ...arrivedScanContract,
  ...ratingContract,
  ...adviceContract,
  ...planningContract,
  ...rosterContract,
  ...colleagueContract,
  ...promiseContract,
  ...screenContract,
  ...printingContract,
  ...proofContract,
  ...termContract,
  ...personContract,
  ...personLookContract,
  ...applicationContract,
  ...caseTaskContract,
  ...signatureContract,
  ...homeDraftContract,
  ...applicationFigureContract,
  ...packageContract,
  ...paperContract,
  ...manifestContract,
  ...chargeContract,
  ...agencyContract,
  ...fileContract,
  ...printedContract,
  ...mediaContract,
  ...speechContract,
  ...oidcContract,
  ...promiseTableContract,
  ...proofPageContract,
  ...descriptionContract,
  ...wellKnownContract,
  ...securityContactContract,
  ...readingPageContract,
  ...servicePageContract,
  ...homePageContract,
  ...choosingPageContract,
  ...confirmingPageContract,
  ...findingPageContract,
  ...ownBookingPageContract,
  ...applicationPageContract,
  ...coSignPageContract,
  ...cabinetPageContract,
  ...machinePageContract,
  ...drawnPageContract,
  ...screenPageContract,
  ...shellContract,
};

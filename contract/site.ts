import type { ApplicationStatus } from './application-shapes.ts';
import type { Passport } from './catalogue.ts';
import type { OwnBooking } from './booking.ts';
import type { CoSignature } from './signatures.ts';
import type { Answers, FieldFault, FormField } from '../core/applications/form.ts';

/** The data of the pages of the public site. Texts are already in the language of the page, except for names in both. */
interface Words {
  readonly ru: string;
  readonly en: string;
}

/** A service in a list. */
export interface ServiceCard {
  readonly serviceId: string;
  readonly name: Words;
  readonly group: Words;
}

/** A centre in a list. */
export interface CentreCard {
  readonly centreId: number;
  readonly kind: 'district' | 'flagship' | 'mobile' | 'seasonal';
  readonly name: Words;
  readonly district: Words;
  readonly address: string;
  readonly position: { readonly latitude: number; readonly longitude: number } | null;
  /** Today's doors, `08:00–20:00` of its wall clock; null: it does not receive today. */
  readonly hours: string | null;
  readonly isOpen: boolean;
  /** The wait of a visitor who arrives now: half wait less than the first, nine of ten less than the second; null: not known. */
  readonly waitMinutes: readonly [number, number] | null;
  /** Travel time from where the visitor is; null: not said. */
  readonly wayMinutes: number | null;
}

export interface CentrePage extends CentreCard {
  readonly phone: string;
  /** The days to come, from today on. */
  readonly week: readonly { readonly day: string; readonly hours: string | null; readonly reason: string | null }[];
  readonly services: readonly ServiceCard[];
  readonly accessibility: readonly { readonly need: string; readonly level: string }[];
  readonly amenities: readonly { readonly name: Words; readonly brokenSince: string | null }[];
  /** When today nobody is expected to wait over three minutes, such as `11:30–13:00`; null: nothing is known of its days. */
  readonly quietHours: readonly string[] | null;
  readonly windows: number;
}

export interface SituationCard {
  readonly code: string;
  readonly name: Words;
  readonly services: readonly ServiceCard[];
}

export interface NewsItem {
  readonly newsId: number;
  readonly day: string;
  readonly title: Words;
  readonly text: Words;
}

/** A time that can be booked, as the wall clock shows it. */
export interface TimeChoice {
  readonly at: number;
  readonly time: string;
}

/** A centre where a service can be booked, with the first free time. */
export interface PlaceChoice extends CentreCard {
  readonly first: string;
}

/** The booking in progress. */
export interface BookingWish {
  readonly service: string;
  readonly names: readonly Words[];
  /** True while the visitor moves their booking. */
  readonly isMove: boolean;
}

/** The pages of the public site, each with what it shows. */
export type SitePage =
  | {
      readonly page: 'home';
      readonly popular: readonly ServiceCard[];
      readonly situations: readonly SituationCard[];
      readonly news: readonly NewsItem[];
      readonly open: number;
      readonly isDemo: boolean;
    }
  | {
      readonly page: 'services';
      readonly asked: string;
      readonly services: readonly ServiceCard[];
    }
  | {
      readonly page: 'service';
      readonly card: ServiceCard;
      readonly passport: Passport | null;
      readonly minutes: number;
      readonly centres: readonly CentreCard[];
      readonly centresCount: number;
    }
  | { readonly page: 'situations'; readonly situations: readonly SituationCard[] }
  | { readonly page: 'situation'; readonly situation: SituationCard }
  | {
      readonly page: 'centres';
      readonly centres: readonly CentreCard[];
      readonly origins: readonly { readonly centreId: number; readonly name: Words }[];
      readonly from: number | null;
    }
  | { readonly page: 'centre'; readonly centre: CentrePage }
  | {
      readonly page: 'where';
      readonly wish: BookingWish;
      readonly places: readonly PlaceChoice[];
      readonly isAll: boolean;
      readonly origins: readonly { readonly centreId: number; readonly name: Words }[];
      readonly from: number | null;
    }
  | {
      readonly page: 'when';
      readonly wish: BookingWish;
      readonly commandId: string;
      readonly centre: CentreCard;
      readonly days: readonly { readonly day: string; readonly times: number }[];
      readonly day: string;
      readonly times: readonly TimeChoice[];
      readonly minutes: number;
      readonly problem: string | null;
      /** The puzzle that the browser must solve before it may ask again; null: none. */
      readonly work: { readonly challenge: string; readonly bits: number } | null;
    }
  | {
      readonly page: 'contact';
      readonly booking: OwnBooking;
      readonly typed: string;
      /** The address of a visit at home, as far as it was written. */
      readonly address: string;
      /** Districts to choose from, for the way of the crew; none for a visit at a centre. */
      readonly origins: readonly { readonly centreId: number; readonly name: Words }[];
      readonly problem: string | null;
    }
  | {
      readonly page: 'check';
      readonly booking: OwnBooking;
      /** The masked address to which the code was sent; null where the browser did not keep it. */
      readonly sentTo: string | null;
      /** The code as it was typed, where it was refused. */
      readonly typed: string;
      readonly problem: string | null;
      readonly isDemo: boolean;
    }
  | { readonly page: 'booked'; readonly booking: OwnBooking }
  | { readonly page: 'application-find'; readonly number: string; readonly problem: string | null }
  | {
      readonly page: 'application';
      readonly status: ApplicationStatus;
      /** As the visitor wrote it, to act on their booking here; it is not stored. */
      readonly code: string;
      /** Where the result is collected, and the zone of its clock. */
      readonly where: { readonly name: Words; readonly address: string; readonly zone: string } | null;
    }
  | {
      readonly page: 'home-form';
      readonly card: ServiceCard;
      readonly variants: readonly { readonly code: string; readonly name: Words }[];
      readonly variant: string;
      /** The questions that follow from the answers so far. */
      readonly fields: readonly FormField[];
      readonly answers: Answers;
      /** The faults of the answers, once they were sent. */
      readonly faults: readonly { readonly field: string; readonly fault: FieldFault }[];
      readonly problem: string | null;
    }
  | { readonly page: 'home-kept'; readonly card: ServiceCard; readonly code: string; readonly until: string }
  | { readonly page: 'co-sign-find'; readonly problem: string | null }
  | {
      readonly page: 'co-sign';
      readonly code: string;
      readonly birth: string;
      readonly shown: CoSignature;
      readonly problem: string | null;
    }
  | {
      readonly page: 'find';
      readonly code: string;
      readonly contact: string;
      /** The booking that this browser keeps; null: none. */
      readonly own: OwnBooking | null;
      readonly problem: string | null;
    }
  | {
      readonly page: 'booking';
      readonly booking: OwnBooking;
      readonly canCheckIn: boolean;
      readonly problem: string | null;
    }
  | { readonly page: 'cabinet'; readonly bookings: readonly OwnBooking[] }
  | { readonly page: 'cancel'; readonly booking: OwnBooking }
  | { readonly page: 'news'; readonly news: readonly NewsItem[] }
  | {
      readonly page: 'post';
      readonly messages: readonly { readonly address: string; readonly subject: string; readonly text: string }[];
    }
  | { readonly page: 'login-trouble'; readonly problem: string }
  | { readonly page: 'trouble'; readonly status: number; readonly problem: string };

import { show } from '../shared/show.tsx';
import './kiosk.css';
import { KioskScreen } from './kiosk-screen.tsx';

show(<KioskScreen />);

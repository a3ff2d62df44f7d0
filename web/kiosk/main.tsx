import { show } from '../shared/show.tsx';
import '../shared/ui/ui.css';
import './kiosk.css';
import { KioskScreen } from './kiosk-screen.tsx';

show(<KioskScreen />, 'light', 'hall');

import { show } from '../shared/show.tsx';
import '../shared/office.css';
import { OfficeScreen } from './office-screen.tsx';

show(<OfficeScreen />);

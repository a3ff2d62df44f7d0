import { show } from '../shared/show.tsx';
import '../shared/office.css';
import '../shared/ui/ui.css';
import { AgencyScreen } from './agency-screen.tsx';

show(<AgencyScreen />);

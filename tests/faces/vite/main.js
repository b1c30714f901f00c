// An app of a bundler: the widget, and the parts of the module «everything» beside it.

import 'frontdesk-web/widget'
import init, { extract } from 'frontdesk-web'

await init()
document.title = extract('тел. 067 123-45-67', { region: 'UA' }).phones[0].e164

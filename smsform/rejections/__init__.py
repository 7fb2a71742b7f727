"""Pure checks for what every service refuses, for a service's own rules to call.

``texts`` looks at the outline of a text, in which every variable is one U+0000, and
``values`` at the values of variables. A service's rule says how bad it is there, which
code it gets and where that is documented. The emulators do not use these checks, so
that emulator and rules test each other.
"""

from __future__ import annotations

from smsform.words import learn

learn("smsform.rejections.chinese")

"""What every service refuses alike, as pure checks that a service's own rules ask.

``texts`` looks at the outline of a text, in which every variable is one U+0000, and
``values`` at what stands for the variables. A service's rule says how bad it is there,
which code it brings and where that is documented; the emulators know nothing of this
room, so that each judges the other.
"""

from __future__ import annotations

from smsform.words import learn

learn("smsform.rejections.chinese")

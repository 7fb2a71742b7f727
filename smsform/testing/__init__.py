"""For an application's own tests: the services on this machine, templates approved.

    emulators.py   the emulators of a project's providers, on free ports
    redirect.py    programs in this process that call a service reach an emulator
    plugin.py      the pytest fixture ``sms_emulator``

Nothing here is loaded before a test asks for the fixture.
"""

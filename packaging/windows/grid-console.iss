; Inno Setup 6.3: one installer for every user of the machine. Written and reviewed, but NOT RUN by those who wrote it.
; Called by build.ps1 with /DVersion and /DFolder.
#ifndef Version
  #error Version is missing: use build.ps1
#endif

[Setup]
AppId={{6E0C2B5E-5D2A-4C6B-9D0B-3B0A7E0F5A11}
AppName=Grid Console
AppVersion={#Version}
AppPublisher=The Grid Console authors
DefaultDirName={autopf}\Grid Console
DefaultGroupName=Grid Console
DisableProgramGroupPage=yes
OutputBaseFilename=grid-console-{#Version}-setup
LicenseFile=..\..\LICENSE
SetupIconFile=..\..\build\parts\grid-console.ico
UninstallDisplayIcon={app}\grid-console.exe
Compression=lzma2/max
SolidCompression=yes
LZMAUseSeparateProcess=yes
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
; Qt 6.11 runs from Windows 10 1809 on.
MinVersion=10.0.17763
PrivilegesRequired=admin
CloseApplications=yes
RestartApplications=no

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
#if FileExists(AddBackslash(SourcePath) + "ChineseSimplified.isl")
; Inno Setup carries no Chinese of its own; its translators' file goes beside this one.
Name: "zh"; MessagesFile: "ChineseSimplified.isl"
#endif

[CustomMessages]
en.Product=Grid Console
#if FileExists(AddBackslash(SourcePath) + "ChineseSimplified.isl")
zh.Product=网格指挥台
#endif

[InstallDelete]
; The folders of the version before, whole: a library that is gone must not stay and be loaded.
Type: filesandordirs; Name: "{app}\_internal"
Type: filesandordirs; Name: "{app}\documents"

[Files]
Source: "{#Folder}\*"; DestDir: "{app}"; Flags: recursesubdirs createallsubdirs ignoreversion

[Icons]
Name: "{group}\{cm:Product}"; Filename: "{app}\grid-console.exe"; AppUserModelID: "GridConsole.Console"
Name: "{autodesktop}\{cm:Product}"; Filename: "{app}\grid-console.exe"; Tasks: desktop; AppUserModelID: "GridConsole.Console"

[Tasks]
Name: "desktop"; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked

[Registry]
Root: HKLM; Subkey: "Software\Microsoft\Windows\CurrentVersion\App Paths\grid-console.exe"; ValueType: string; ValueName: ""; ValueData: "{app}\grid-console.exe"; Flags: uninsdeletekey

; Data lie in %LOCALAPPDATA%\grid-console of each user: nothing here names them, so removing leaves them.

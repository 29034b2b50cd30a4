; Inno Setup 6: the installer of the folder that PyInstaller made.
;   iscc /DAppVersion=0.1.0 packaging\windows\baylight.iss
; Data and settings lie in ProgramData and stay when the program is removed or installed anew.
#ifndef AppVersion
  #error say the version: iscc /DAppVersion=...
#endif

[Setup]
AppId={{8C1E1B52-5E3B-4D0C-9A57-2B6F0E1C7A44}
AppName=Baylight
AppVersion={#AppVersion}
DefaultDirName={autopf}\Baylight
DefaultGroupName=Baylight
PrivilegesRequired=admin
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
LicenseFile=..\..\LICENSE
OutputDir=..\..\dist
OutputBaseFilename=baylight-{#AppVersion}-setup
Compression=lzma2/max
SolidCompression=yes
CloseApplications=yes
RestartApplications=no

[Files]
Source: "..\..\dist\windows\baylight\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion
Source: "station.toml"; DestDir: "{commonappdata}\Baylight"; Flags: onlyifdoesntexist uninsneveruninstall

[Dirs]
Name: "{commonappdata}\Baylight\data"; Flags: uninsneveruninstall

[Icons]
Name: "{group}\Baylight"; Filename: "{app}\baylight-station.exe"; Parameters: "run --config ""{commonappdata}\Baylight\station.toml"""

[Tasks]
Name: "autostart"; Description: "Start the station when its user signs in"

[Registry]
Root: HKLM; Subkey: "Software\Microsoft\Windows\CurrentVersion\Run"; ValueType: string; ValueName: "Baylight"; ValueData: """{app}\baylight-station.exe"" run --config ""{commonappdata}\Baylight\station.toml"""; Tasks: autostart; Flags: uninsdeletevalue

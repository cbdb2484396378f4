namespace Granary.Client.Cli;

/// <summary>What the console returns to the shell. The numbers are part of the interface and do not change.</summary>
public static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Ok = 0;

    /// <summary>The silo answered, and refused or failed; or a table was not written or differs from the expected one.</summary>
    public const int Refused = 1;

    /// <summary>The command line was wrong, or a confirmation was needed and not given. Nothing was sent.</summary>
    public const int Usage = 2;

    /// <summary>No silo answered at the address.</summary>
    public const int NoSilo = 3;

    /// <summary>The silo does not accept the operator token, or none was found.</summary>
    public const int NotAuthorised = 4;
}

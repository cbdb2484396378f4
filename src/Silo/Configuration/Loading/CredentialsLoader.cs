using Granary.Silo.Configuration.Binding;
using Granary.Silo.Configuration.Sections;

namespace Granary.Silo.Configuration.Loading;

/// <summary>
/// Finds each account's keys: GRANARY_API_KEY_NAME and GRANARY_API_SECRET_NAME (the account's name in capitals), else GRANARY_API_KEY and
/// GRANARY_API_SECRET; from the environment, else from the credentials file.
/// </summary>
public static class CredentialsLoader
{
    private const string KeyName = "GRANARY_API_KEY";
    private const string SecretName = "GRANARY_API_SECRET";

    /// <summary>
    /// Keys by account name. The built-in exchange's accounts have fixed test keys; the environment is not even looked at, so that a real key is never
    /// sent to it.
    /// </summary>
    /// <param name="options">The configuration.</param>
    /// <param name="environment">Environment variables.</param>
    /// <param name="errors">Receives what is missing; never a key.</param>
    public static IReadOnlyDictionary<string, AccountCredentials> Load(
        GranaryOptions options, IReadOnlyDictionary<string, string> environment, List<OptionError> errors)
    {
        var result = new Dictionary<string, AccountCredentials>(StringComparer.Ordinal);
        if (options.Venue.Name == VenueSection.BuiltIn)
        {
            foreach (var account in options.Accounts)
                result[account.Name] = new AccountCredentials(AccountCredentials.BuiltInKeyOf(account.Name), AccountCredentials.BuiltInSecret);
            return result;
        }
        var file = NameValueFile.Read(options.Venue.CredentialsFile, "Venue:CredentialsFile", errors);
        var users = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in options.Accounts.Select(a => a.Name))
        {
            var key = Find(KeyName, name, environment, file);
            var secret = Find(SecretName, name, environment, file);
            if (key is null || secret is null)
            {
                errors.Add(new OptionError(
                    "Venue:Name",
                    $"Venue:Name was '{options.Venue.Name}', which needs keys for account {name}: set {KeyName} and {SecretName} (or {KeyName}_{name.ToUpperInvariant()} "
                    + $"and {SecretName}_{name.ToUpperInvariant()}) in the environment or in the file of Venue:CredentialsFile"));
                continue;
            }
            if (!users.TryAdd(key, name))
                errors.Add(new OptionError($"Accounts:{name}", $"accounts {users[key]} and {name} have the same key; give each its own, as {KeyName}_{name.ToUpperInvariant()}"));
            try
            {
                result[name] = new AccountCredentials(key, secret);
            }
            catch (ArgumentException)
            {
                errors.Add(new OptionError($"Accounts:{name}", $"the key or secret of account {name} has blanks or other characters that no key has"));
            }
        }
        return result;
    }

    private static string? Find(
        string name, string account, IReadOnlyDictionary<string, string> environment, IReadOnlyDictionary<string, string> file)
    {
        var own = $"{name}_{account.ToUpperInvariant()}";
        foreach (var source in new[] { environment, file })
            foreach (var key in new[] { own, name })
                if (source.TryGetValue(key, out var value) && !string.IsNullOrWhiteSpace(value)) return value.Trim();
        return null;
    }
}
